// The first page: the year at a glance, what waits for me, and what is wrong.

import { h } from '../core/dom.js';
import { all, get, post } from '../core/api.js';
import { date, language, local, moment, number, t } from '../core/i18n.js';
import { badge, button, card, due, empty, link, pageHead, run } from '../core/ui.js';
import { timeline } from '../core/charts.js';
import { isStarted, may, personName, session, today } from '../core/session.js';
import { barKind, isDone, PHASES } from './plan.js';

const tile = (text, value, tone, href) => h(href ? 'a' : 'div', { class: `tile ${tone ?? ''}`, href }, h('b', null, number(value)), h('span', null, text));

export async function overview() {
  if (!session.organization) return start('setup');
  if (!isStarted()) return start('year');
  const [year, actions, incidents, audits, meetings, collectors] = await Promise.all([
    get(`years/${session.year}`), all('corrective-actions?state=open'), all(`incidents?fy=${session.year}`), all(`audits?fy=${session.year}`),
    all(`meetings?fy=${session.year}`).catch(() => []), get('collectors').then(c => c.items),
  ]);
  const openIncidents = incidents.filter(i => i.stage !== 'closed');
  const late = year.items.filter(i => i.overdue).sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  const mine = waitingForMe(year.items, actions, audits, openIncidents, meetings);
  const progress = year.progress;
  const finished = year.items.filter(i => isDone(i.state)).length;
  return [
    pageHead(t('overview.title', session.year), { intro: `${date(year.start)} – ${date(year.end)}` }),
    h('div', { class: 'tiles' },
      tile(t('overview.done'), `${Math.round((100 * finished) / Math.max(1, progress.total))}`, 'ok', '#/plan'),
      tile(t('overview.mine'), mine.length, mine.some(m => m.late) ? 'bad' : mine.length ? 'warn' : 'ok'),
      tile(t('overview.late'), late.length, late.length ? 'bad' : 'ok', '#/plan?state=overdue'),
      tile(t('overview.actions'), actions.length, actions.some(a => a.overdue) ? 'bad' : undefined, '#/actions'),
      tile(t('overview.incidents'), openIncidents.length, openIncidents.length ? 'warn' : 'ok', '#/incidents')),
    h('div', { class: 'grid' }, mineCard(mine), alertsCard(late, actions, openIncidents, collectors)),
    yearCard(year),
  ];
}

function start(what) {
  const isSetup = what === 'setup';
  const allowed = may(isSetup ? 'PutOrganization' : 'StartYear');
  return [pageHead(t('overview.start.title')), h('section', { class: 'card', 'aria-label': t('overview.start.title') }, empty(
    t(`overview.start.${what}`), t(allowed ? `overview.start.${what}.hint` : 'overview.start.other'),
    allowed && (isSetup ? h('a', { class: 'button', href: '#/setup' }, t('nav.setup')) : button(t('overview.start.action', session.year), e => run(e.target, async () => {
      await post(`years/${session.year}/start`);
      window.dispatchEvent(new Event('isms:years'));
    }), { kind: 'primary', name: 'start-year' }))))];
}

function waitingForMe(items, actions, audits, incidents, meetings) {
  const me = session.me.id;
  const toApprove = i => i.state === 'submitted';
  return [
    ...items.filter(i => i.inHand.includes(me) && ['open', 'returned', 'submitted'].includes(i.state)).map(i => ({ href: `#/plan/${i.id}`, title: local(i.title), what: toApprove(i) ? t('overview.toApprove') : t('overview.toDo'), due: i.dueOn, late: i.overdue })),
    ...actions.filter(a => a.owner === me && !['planApproval', 'effectivenessCheck'].includes(a.stage)).map(a => ({ href: `#/actions/${a.id}`, title: a.fact, what: local(a.stageName), due: a.due, late: a.overdue })),
    ...actions.filter(a => a.stage === 'planApproval' && may('ApproveActionPlan') && session.me.roles.includes('Isms.Manager')).map(a => ({ href: `#/actions/${a.id}`, title: a.fact, what: local(a.stageName), due: a.due, late: a.overdue })),
    ...audits.filter(a => (a.stage === 'fieldwork' && may('AnswerAudit')) || (['planApproval', 'reportApproval'].includes(a.stage) && may('ApproveAuditPlan'))).map(a => ({ href: `#/audits/${a.id}`, title: t('audit.named', a.id.replace('audit-', '')), what: local(a.stageName), due: a.due, late: a.overdue })),
    ...incidents.filter(i => i.handler === me || (!i.handler && may('JudgeIncident'))).map(i => ({ href: `#/incidents/${i.id}`, title: i.title, what: local(i.stageName), due: i.due, late: i.overdue })),
    ...meetings.filter(m => may('CallCommittee') && m.overdue && m.kind === 'managementReview').map(m => ({ href: `#/reviews/${m.id}`, title: local(m.name), what: local(m.stageName), due: m.due, late: m.overdue })),
  ].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
}

function mineCard(mine) {
  const shown = mine.slice(0, 8);
  return card(t('overview.mine'), mine.length === 0 ? empty(t('overview.mine.none'), t('overview.mine.none.hint')) : [
    h('ul', { class: 'list' }, shown.map(m => h('li', null, h('span', null, link(m.href, m.title)), h('span', { class: 'small' }, badge(m.what, 'info'), ' ', due(m.due, m.late))))),
    mine.length > shown.length ? h('p', { class: 'small' }, link('#/plan?mine=true', t('overview.more', mine.length - shown.length))) : null,
  ]);
}

function alertsCard(late, actions, incidents, collectors) {
  const alerts = [
    ...incidents.filter(i => i.nextLimit).map(i => ({ tone: 'bad', href: `#/incidents/${i.id}`, text: t('alert.report', i.title, moment(i.nextLimit)) })),
    ...collectors.filter(c => c.lastRun?.status === 'failed').map(c => ({ tone: 'bad', href: '#/collectors', text: t('alert.collector', local(c.title)) })),
    ...collectors.filter(c => c.completeness === 'partial').map(c => ({ tone: 'warn', href: '#/collectors', text: t('alert.gap', local(c.title)) })),
    ...actions.filter(a => a.overdue).map(a => ({ tone: 'bad', href: `#/actions/${a.id}`, text: t('alert.action', a.fact, personName(a.owner)) })),
    ...late.slice(0, 8).map(i => ({ tone: 'bad', href: `#/plan/${i.id}`, text: t('alert.item', local(i.title), i.responsiblePeople.map(personName).join(language() === 'ja' ? '、' : ', ') || t('common.nobody'), date(i.dueOn)) })),
  ];
  return card(t('overview.alerts'), alerts.length === 0 ? empty(t('overview.alerts.none'), t('overview.alerts.none.hint')) : [
    h('ul', { class: 'list' }, alerts.map(a => h('li', null, h('span', null, link(a.href, a.text)), badge(a.tone === 'bad' ? t('alert.act') : t('alert.look'), a.tone)))),
    late.length > 8 ? h('p', { class: 'small' }, link('#/plan?state=overdue', t('overview.more', late.length - 8))) : null,
  ]);
}

function yearCard(year) {
  const duties = new Map();
  for (const item of year.items) {
    const known = duties.get(item.duty) ?? { title: dutyTitle(item), phase: item.phase, bars: [] };
    known.bars.push({ from: item.opensOn, to: item.dueOn, kind: barKind(item), title: local(item.title) });
    duties.set(item.duty, known);
  }
  const rows = [...duties.values()].filter(d => PHASES.includes(d.phase)).sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || start0(a).localeCompare(start0(b)));
  const label = t('overview.timeline.label', rows.length, year.items.filter(i => isDone(i.state)).length, year.items.length, year.items.filter(i => i.overdue).length);
  const kinds = ['done', 'open', 'late', 'later'];
  return card(t('overview.timeline'), h('ul', { class: 'legend' }, PHASES.map(p => h('li', null, badge(t(`phase.${p}`)))), kinds.map(k => h('li', null, h('i', { class: `fill-${k}` }), t(`bar.${k}`)))),
    timeline(label, rows, { start: year.start, end: year.end, today: today() }), h('p', { class: 'small' }, link('#/plan', t('overview.timeline.table'))));
}

const start0 = row => row.bars.reduce((first, b) => (b.from < first ? b.from : first), '9');
const dutyTitle = item => local(item.title).replace(/[((][^(()]*[))]$/, '').trim();

