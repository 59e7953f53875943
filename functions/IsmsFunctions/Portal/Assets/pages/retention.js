// How long evidence is kept, what must not go, and what goes.

import { h, replace } from '../core/dom.js';
import { get, post, put, query, read } from '../core/api.js';
import { date, dayOf, local, moment, number, t, word } from '../core/i18n.js';
import { badge, button, card, facts, formDialog, link, pageHead, run, table, tabs } from '../core/ui.js';
import { evidenceLink, evidenceLinks, TYPES, typeOptions } from '../core/evidence-parts.js';
import { may, personName, session } from '../core/session.js';

const TONE = { proposed: 'info', approved: 'warn', rejected: 'neutral', done: 'ok' };
const YEARS = 'years.';
const reason = { name: 'reason', type: 'area', required: true, maxLength: 500 };

export async function retention(context) {
  const parts = { holds, disposals, ...(may('ListDueEvidence') ? { due: dueItems, personal: personalData } : {}), policy };
  const tab = context.query.tab in parts ? context.query.tab : 'holds';
  return [
    pageHead(t('nav.retention'), { intro: t('retention.intro') }),
    tabs(t('nav.retention'), Object.keys(parts).map(id => ({ id, text: t(`retention.${id}`), href: `#/retention?tab=${id}` })), tab),
    await parts[tab](context),
  ];
}

async function holds() {
  const { items } = await get('retention/holds');
  const scope = x => [x.fiscalYear, x.type && word('evidenceType', x.type), x.subject].filter(Boolean).join(' / ') || t('retention.everything');
  return card(t('retention.holds'), h('p', { class: 'muted' }, t('retention.holds.intro')), table(t('retention.holds'), [
    { title: t('common.reason'), cell: x => x.reason }, { title: t('retention.scope'), cell: scope }, { title: t('retention.placed'), cell: x => `${moment(x.placedAt)} (${personName(x.placedBy)})` },
    { title: t('plan.state'), cell: x => (x.liftedBy ? badge(t('retention.lifted', personName(x.liftedBy))) : badge(t('retention.held'), 'warn')) },
    ...(may('LiftLegalHold') ? [{ title: t('common.actions'), cell: x => (x.liftedBy ? '' : button([t('retention.lift'), h('span', { class: 'visually-hidden' }, ` ${x.reason}`)], () => formDialog(t('retention.lift'), { intro: t('retention.lift.intro', x.reason), action: t('retention.lift'), danger: true, done: t('common.done'), fields: [], submit: () => post(`retention/holds/${encodeURIComponent(x.id)}/lift`) }), { kind: 'small', name: 'lift' })) }] : []),
  ], items, { whenEmpty: t('retention.holds.none'), emptyHint: t('retention.holds.hint') }), may('PlaceLegalHold') ? h('p', null, button(t('retention.place'), place, { kind: 'primary', name: 'place-hold' })) : null);
}

const place = () => formDialog(t('retention.place'), {
  intro: t('retention.place.intro'), action: t('retention.place'), done: t('common.done'), draft: 'retention.hold', fields: [
    { ...reason, label: t('common.reason') }, { name: 'fiscalYear', label: t('app.year'), type: 'select', none: t('common.all'), options: session.years.map(y => ({ value: y.id, text: y.id })) },
    { name: 'type', label: t('evidence.type'), type: 'select', none: t('common.all'), options: typeOptions() }, { name: 'subject', label: t('evidence.subject'), help: t('retention.subject.help') },
  ],
  submit: values => post('retention/holds', values),
});

async function disposals() {
  const { items } = await get('retention/disposals');
  return card(t('retention.disposals'), h('p', { class: 'muted' }, t('retention.disposals.intro')), table(t('retention.disposals'), [
    { title: t('common.reason'), cell: d => link(`#/retention/${d.id}`, d.reason) }, { title: t('retention.items'), numeric: true, cell: d => number(d.items.length) }, { title: t('retention.proposed'), cell: d => `${moment(d.proposedAt)} (${personName(d.proposedBy)})` },
    { title: t('plan.state'), cell: d => badge(word('disposalState', d.state), TONE[d.state]) },
  ], items, { whenEmpty: t('retention.disposals.none'), emptyHint: t('retention.disposals.hint') }));
}

/** A list that grows page by page: a page holds what of its items belongs here, and may be short. */
async function kept(path, caption, whenEmpty, columns) {
  const items = [];
  const results = h('div');
  const more = async token => {
    const page = await get(path + query({ top: 200, continuationToken: token }));
    items.push(...page.items);
    replace(results, table(caption, columns, items, { whenEmpty }), page.continuationToken ? h('p', null, button(t('common.more'), e => run(e.target, () => more(page.continuationToken)), { name: 'more' })) : null);
  };
  await more();
  return results;
}

const keptColumns = [
  () => ({ title: t('evidence.title'), cell: i => evidenceLink(i.id, local(i.title)) }), () => ({ title: t('app.year'), cell: i => i.fiscalYear }), () => ({ title: t('evidence.type'), cell: i => word('evidenceType', i.type) }),
  () => ({ title: t('retention.keptUntil'), cell: i => date(dayOf(i.keptUntil)) }), () => ({ title: t('plan.state'), cell: i => [i.isHeld ? badge(t('retention.held'), 'warn') : null, i.isDue ? badge(t('retention.isDue'), 'info') : null] }),
];

async function dueItems() {
  const chosen = new Set();
  const propose = button(t('retention.propose'), () => formDialog(t('retention.propose'), {
    intro: t('retention.propose.intro', chosen.size), action: t('retention.propose'), done: t('common.done'), danger: true, fields: [{ ...reason, label: t('common.reason') }],
    submit: async values => { location.hash = `#/retention/${(await post('retention/disposals', { ...values, items: [...chosen] })).data.id}`; },
  }), { kind: 'primary', name: 'propose', disabled: true });
  const pick = i => h('input', { type: 'checkbox', 'aria-label': t('retention.choose', local(i.title)), checked: chosen.has(i.id), onchange: e => { if (e.target.checked) chosen.add(i.id); else chosen.delete(i.id); propose.disabled = chosen.size === 0; } });
  const columns = keptColumns.map(c => c());
  if (may('ProposeDisposal')) columns[0] = { ...columns[0], cell: i => [pick(i), ' ', evidenceLink(i.id, local(i.title))] };
  return card(t('retention.due'), h('p', { class: 'muted' }, t('retention.due.intro')), await kept('retention/due', t('retention.due'), t('retention.due.none'), columns), may('ProposeDisposal') ? h('p', null, propose) : null);
}

const personalData = async () => card(t('retention.personal'), h('p', { class: 'muted' }, t('retention.personal.intro')), await kept('retention/personal-data', t('retention.personal'), t('retention.personal.none'), keptColumns.map(c => c())));

async function policy() {
  const { years } = await get('retention/policy');
  const change = () => formDialog(t('retention.policy.change'), {
    intro: t('retention.policy.intro'), done: t('common.done'), wide: true, fields: TYPES.map(type => ({ name: YEARS + type, label: word('evidenceType', type), type: 'number', min: 1, max: 30, value: years[type] })),
    submit: values => put('retention/policy', { years: Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(YEARS.length), value])) }),
  });
  return card(t('retention.policy'), h('p', { class: 'muted' }, t('retention.policy.intro')), facts(TYPES.map(type => [word('evidenceType', type), years[type] ? t('retention.years', years[type]) : t('retention.years.default')])), may('PutRetentionPolicy') ? h('p', null, button(t('retention.policy.change'), change, { name: 'change-policy' })) : null);
}

export async function disposal({ params }) {
  const path = `retention/disposals/${encodeURIComponent(params.id)}`;
  const { data: d, etag } = await read(path);
  // Whoever proposed cannot decide; the API holds to that, and the page does not offer it.
  const decide = (name, needs, kind) => d.state === 'proposed' && may(needs) && d.proposedBy !== session.me.id && button(t(`retention.do.${name}`), () => formDialog(t(`retention.do.${name}`), {
    intro: t(`retention.do.${name}.intro`, d.items.length), action: t(`retention.do.${name}`), danger: name === 'approve', done: t('common.done'), fields: [], submit: () => post(`${path}/${name}`, {}, { ifMatch: etag }),
  }), { kind, name });
  return [
    pageHead(d.reason, { back: { href: '#/retention?tab=disposals', text: t('retention.disposals') }, actions: [decide('approve', 'ApproveDisposal', 'danger'), decide('reject', 'RejectDisposal', '')].filter(Boolean) }),
    card(undefined, h('p', null, badge(word('disposalState', d.state), TONE[d.state])), facts([[t('retention.proposed'), `${moment(d.proposedAt)} (${personName(d.proposedBy)})`], [t('retention.decided'), d.decidedBy && `${moment(d.decidedAt)} (${personName(d.decidedBy)})`], [t('retention.done'), d.doneAt && moment(d.doneAt)], [t('retention.record'), d.record && evidenceLink(d.record)]])),
    card(t('retention.items'), evidenceLinks(d.items)),
  ];
}
