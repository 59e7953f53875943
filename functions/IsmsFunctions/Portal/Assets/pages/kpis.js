// Objectives and how far they are met.

import { h } from '../core/dom.js';
import { get, post } from '../core/api.js';
import { local, number, t, word } from '../core/i18n.js';
import { badge, button, card, empty, facts, formDialog, link, pageHead, run, TONES } from '../core/ui.js';
import { trend } from '../core/charts.js';
import { departmentName, may, personName, session } from '../core/session.js';

export async function kpis() {
  const view = await get(`kpis?fy=${session.year}`);
  return [
    pageHead(t('kpis.title', session.year), { intro: t('kpis.intro'), actions: [may('MeasureKpis') && button(t('kpis.measure'), e => run(e.target, async () => { await post('kpis/measure'); window.dispatchEvent(new Event('isms:refresh')); }, { done: t('kpis.measured') }), { name: 'measure' })].filter(Boolean) }),
    h('div', { class: 'tiles' }, ['met', 'nearlyMet', 'notMet', 'notMeasured'].map(k => h('div', { class: `tile ${TONES[k]}` }, h('b', null, number(view.figures[k])), h('span', null, word('achievement', k))))),
    view.items.length === 0 ? card(undefined, empty(t('kpis.none'), t('kpis.none.hint'), link('#/registers/objectives', t('nav.registers')))) : h('div', { class: 'grid' }, view.items.map(objective)),
  ];
}

function objective(o) {
  const points = [1, 2, 3, 4].map(n => { const q = o.quarters.find(x => x.quarter === n); return { label: `Q${n}`, value: q?.value }; });
  const isMeasured = points.some(p => p.value !== undefined);
  const why = o.quarters.map(q => q.measured?.nothingBecause).filter(Boolean).at(-1);
  return card(o.name,
    h('p', null, badge(word('achievement', o.achievement), TONES[o.achievement]), ' ', h('span', { class: 'small muted' }, t('kpis.target', word('direction', o.direction), `${number(o.target)}${o.unit}`))),
    isMeasured ? trend(o.name, points, { target: o.target, unit: o.unit }) : h('p', { class: 'small muted' }, why ? local(why) : t('kpis.notYet')),
    facts([[t('action.owner'), personName(o.owner)], [t('common.department'), departmentName(o.department)], [t('kpis.lastYear'), o.lastYear === undefined ? undefined : `${number(o.lastYear)}${o.unit}`], [t('kpis.source'), o.source]]),
    may('EnterKpiValue') ? h('p', null, button([t('kpis.enter'), h('span', { class: 'visually-hidden' }, ` ${o.name}`)], () => enter(o), { kind: 'small', name: `enter-${o.id}` })) : null);
}

const enter = o => formDialog(t('kpis.enter'), {
  intro: o.name, done: t('common.done'), draft: `kpi.${o.id}`,
  fields: [
    { name: 'quarter', label: t('kpis.quarter'), type: 'select', required: true, options: [1, 2, 3, 4].map(n => ({ value: `${session.year}-q${n}`, text: `Q${n}` })) },
    { name: 'value', label: t('kpis.value', o.unit), type: 'number', step: 'any', required: true },
    { name: 'reason', label: t('common.reason'), type: 'area', rows: 2, help: o.measure ? t('kpis.reason.help') : undefined },
  ],
  submit: values => post(`kpis/${o.id}/measurements`, values),
});
