// Spot-checks: what was collected, held against our limits, and some people looked at by hand.

import { h } from '../core/dom.js';
import { all, post, query, read } from '../core/api.js';
import { date, local, moment, number, t, word } from '../core/i18n.js';
import { badge, button, card, facts, formDialog, link, options, pageHead, run, table } from '../core/ui.js';
import { evidenceLink, evidenceTable, filedFor } from '../core/evidence-parts.js';
import { may, people, personName, session, today } from '../core/session.js';

const TONE = { conforming: 'ok', exception: 'bad', incomplete: 'warn', noEvidence: 'warn' };
const DECISIONS = ['task', 'correctiveAction', 'acceptedRisk'];
const closedBadge = c => (c.closed ? badge(t('spot.closed'), 'ok') : badge(t('spot.open'), 'info'));

export async function spotChecks() {
  const list = await all('spot-checks' + query({ fy: session.year }));
  return [
    pageHead(t('nav.spotChecks'), { intro: t('spot.intro'), actions: [may('MakeSpotCheck') && button(t('spot.make'), e => run(e.target, async () => { location.hash = `#/spot-checks/${(await post('spot-checks')).data.id}`; }, { done: t('common.done') }), { kind: 'primary', name: 'make' })].filter(Boolean) }),
    card(undefined, table(t('nav.spotChecks'), [
      { title: t('spot.check'), cell: c => link(`#/spot-checks/${c.id}`, c.period) }, { title: t('common.when'), cell: c => moment(c.at) }, { title: t('plan.state'), cell: closedBadge }, { title: t('spot.conforming'), numeric: true, cell: c => number(c.conforming) },
      { title: t('spot.exceptions'), numeric: true, cell: c => (c.exceptions ? badge(number(c.exceptions), 'bad') : '0') }, { title: t('spot.undecided'), numeric: true, cell: c => number(c.undecided) }, { title: t('spot.without'), numeric: true, cell: c => number(c.withoutFullEvidence) }, { title: t('spot.toLookAt'), numeric: true, cell: c => number(c.toLookAt) },
    ], [...list].reverse(), { whenEmpty: t('spot.none'), emptyHint: t('spot.none.hint') })),
  ];
}

export async function spotCheck({ params }) {
  const path = `spot-checks/${encodeURIComponent(params.id)}`;
  const [{ data: c, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  return [
    pageHead(t('spot.named', c.period), {
      back: { href: '#/spot-checks', text: t('nav.spotChecks') },
      actions: [!c.closed && may('CloseSpotCheck') && button(t('spot.close'), () => formDialog(t('spot.close'), { intro: t('spot.close.intro'), action: t('spot.close'), done: t('common.done'), fields: [{ name: 'comment', label: t('common.comment'), type: 'area', maxLength: 2000 }], submit: v => post(`${path}/close`, v, { ifMatch: etag }) }), { kind: c.undecided + c.toLookAt === 0 ? 'primary' : '', name: 'close' })].filter(Boolean),
    }),
    card(undefined, h('p', null, closedBadge(c)), facts([[t('common.when'), moment(c.at)], [t('evidence.by'), personName(c.by)], [t('spot.undecided'), number(c.undecided)], [t('spot.toLookAt'), number(c.toLookAt)], [t('spot.closedBy'), c.closing && `${personName(c.closing.by)}, ${moment(c.closing.at)}`], [t('common.comment'), c.closing?.comment]])),
    card(t('spot.points'), table(t('spot.points'), [
      { title: t('spot.point'), cell: p => local(p.name) }, { title: t('spot.limit'), cell: p => local(p.limit) }, { title: t('spot.result'), cell: p => badge(local(p.resultName), TONE[p.result]) },
      { title: t('spot.seen'), cell: p => [p.fact, p.exceptions.map(x => h('div', { class: 'small' }, `${local(x.name)}: ${number(x.count)}`)), p.missing.length ? h('div', { class: 'small muted' }, t('spot.missing', p.missing.join(', '))) : null] },
      { title: t('evidence.title'), cell: p => p.sources.map(s => h('div', { class: 'small' }, evidenceLink(s.evidence, s.collector))) },
      { title: t('spot.decision'), cell: p => decisionOf(p) ?? (p.result === 'exception' && !c.closed && may('DecideSpotPoint') ? button([t('spot.decide'), h('span', { class: 'visually-hidden' }, ` ${local(p.name)}`)], () => decide(path, etag, p), { kind: 'small', name: `decide-${p.id}` }) : '') },
    ], c.points)),
    c.sample ? card(t('spot.sample'), h('p', { class: 'muted' }, t('spot.sample.intro', c.sample.people.length, number(c.sample.population), c.sample.seed)), table(t('spot.sample'), [
      { title: t('training.name'), cell: p => [p.name, h('div', { class: 'small muted' }, p.account)] }, { title: t('common.department'), cell: p => p.department ?? '–' }, { title: t('access.rights'), cell: p => p.rights.map(r => h('div', { class: 'small' }, r)) },
      { title: t('spot.look'), cell: p => (p.look ? [badge(t(p.look.conforming ? 'spot.conforming' : 'spot.notConforming'), p.look.conforming ? 'ok' : 'bad'), ' ', h('span', { class: 'small' }, p.look.note ?? '')] : !c.closed && may('LookAtSampledPerson') ? button([t('spot.look.do'), h('span', { class: 'visually-hidden' }, ` ${p.name}`)], () => look(path, etag, p), { kind: 'small' }) : '–') },
    ], c.sample.people)) : null,
    card(t('audit.documents'), evidenceTable(t('audit.documents'), filed, t('audit.documents.none'))),
  ];
}

function decisionOf(point) {
  const d = point.decision;
  if (!d) return undefined;
  return [badge(word('spotDecision', d.kind), 'info'), h('div', { class: 'small' }, d.reason), h('div', { class: 'small muted' }, [personName(d.by), d.due && t('common.dueOn', date(d.due)), d.expiresOn && t('spot.until', date(d.expiresOn))].filter(Boolean).join(', ')), d.action ? link(`#/actions/${d.action}`, d.action) : null];
}

const decide = (path, etag, point) => formDialog(t('spot.decide.title', local(point.name)), {
  action: t('spot.decide'), done: t('common.done'), draft: `${path}.${point.id}`, fields: [
    { name: 'kind', label: t('spot.decision'), type: 'select', required: true, options: DECISIONS.map(value => ({ value, text: word('spotDecision', value) })) }, { name: 'reason', label: t('common.reason'), type: 'area', required: true, maxLength: 2000 },
    { name: 'owner', label: t('spot.owner'), type: 'select', none: t('spot.owner.none'), options: options(people()) }, { name: 'due', label: t('common.due'), type: 'date', min: today(), help: t('spot.due.help') }, { name: 'expiresOn', label: t('spot.expiresOn'), type: 'date', min: today(), help: t('spot.expiresOn.help') },
  ],
  submit: v => post(`${path}/points/${encodeURIComponent(point.id)}/decide`, v, { ifMatch: etag }),
});

const look = (path, etag, person) => formDialog(t('spot.look.title', person.name), {
  action: t('common.send'), done: t('common.done'), fields: [
    { name: 'conforming', label: t('spot.look.question'), type: 'select', required: true, options: [{ value: 'yes', text: t('spot.conforming') }, { value: 'no', text: t('spot.notConforming') }] }, { name: 'note', label: t('spot.look.note'), type: 'area', maxLength: 2000 },
  ],
  submit: v => post(`${path}/sample/${encodeURIComponent(person.id)}/look`, { conforming: v.conforming === 'yes', note: v.note }, { ifMatch: etag }),
});
