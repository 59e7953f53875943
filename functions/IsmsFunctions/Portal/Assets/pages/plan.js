// The year's plan, and one of its items.

import { h } from '../core/dom.js';
import { get, post, query, read } from '../core/api.js';
import { date, local, t, word } from '../core/i18n.js';
import { badge, button, card, due, empty, facts, field, filterBar, formDialog, link, logTable, options, pageHead, stateBadge, table } from '../core/ui.js';
import { evidenceLink, evidenceTable, filedFor, uploadButton } from '../core/evidence-parts.js';
import { departmentName, departments, isStarted, may, personName, session, today } from '../core/session.js';

export const PHASES = ['plan', 'do', 'check', 'act'];
const STATES = ['scheduled', 'open', 'returned', 'submitted', 'approved', 'done', 'waived', 'carriedOver'];
export const isDone = state => ['done', 'approved', 'waived'].includes(state);
export const barKind = item => (isDone(item.state) ? 'done' : item.overdue ? 'late' : item.state === 'scheduled' ? 'later' : 'open');

export async function plan(context) {
  if (!isStarted()) return [pageHead(t('nav.plan')), empty(t('plan.notStarted'), t('plan.notStarted.hint'), link('#/', t('nav.overview')))];
  const year = await get(`years/${session.year}`);
  const wanted = { phase: '', state: '', department: '', text: '', mine: '', ...context.query };
  const results = h('div');
  const show = () => {
    const rows = year.items.filter(i => matches(i, wanted)).sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id));
    results.replaceChildren(h('p', { class: 'small muted', role: 'status' }, t('plan.count', rows.length, year.items.length)), planTable(rows));
  };
  const change = event => {
    wanted[event.target.name] = event.target.type === 'checkbox' ? (event.target.checked ? 'true' : '') : event.target.value;
    // The address keeps the filter, so that coming back finds it; it is no step in the history.
    history.replaceState(null, '', '#/plan' + query(wanted));
    show();
  };
  const bar = filterBar(
    field({ name: 'phase', label: t('plan.phase'), type: 'select', none: t('common.all'), value: wanted.phase, options: PHASES.map(p => ({ value: p, text: t(`phase.${p}`) })) }),
    field({ name: 'state', label: t('plan.state'), type: 'select', none: t('common.all'), value: wanted.state, options: [{ value: 'overdue', text: t('state.overdue') }, ...STATES.map(s => ({ value: s, text: word('state', s) }))] }),
    field({ name: 'department', label: t('common.department'), type: 'select', none: t('common.all'), value: wanted.department, options: options(departments()) }),
    field({ name: 'text', label: t('common.search'), type: 'search', value: wanted.text }),
    field({ name: 'mine', label: t('plan.mine'), type: 'check', value: wanted.mine === 'true' }));
  bar.addEventListener('input', change);
  show();
  return [
    pageHead(t('plan.title', session.year), {
      intro: t('plan.intro', date(year.start), date(year.end)),
      actions: [year.planEvidence && h('a', { class: 'button', href: `#/evidence/${encodeURIComponent(year.planEvidence)}` }, t('plan.document'))].filter(Boolean),
    }),
    card(undefined, bar, results),
  ];
}

const matches = (item, wanted) => (!wanted.phase || item.phase === wanted.phase)
  && (!wanted.state || (wanted.state === 'overdue' ? item.overdue : item.state === wanted.state))
  && (!wanted.department || item.department === wanted.department)
  && (wanted.mine !== 'true' || item.inHand.includes(session.me.id) || item.responsiblePeople.includes(session.me.id))
  && (!wanted.text || `${local(item.title)} ${item.id}`.toLowerCase().includes(wanted.text.toLowerCase()));

const planTable = rows => table(t('nav.plan'), [
  { title: t('plan.item'), cell: i => link(`#/plan/${i.id}`, local(i.title)) },
  { title: t('plan.phase'), cell: i => word('phase', i.phase) },
  { title: t('plan.responsible'), cell: i => i.responsiblePeople.map(personName).join(', ') || word('personRole', i.responsible) },
  { title: t('plan.window'), cell: i => date(i.opensOn) },
  { title: t('common.due'), cell: i => due(i.dueOn, i.overdue) },
  { title: t('plan.state'), cell: i => stateBadge('state', i.state) },
], rows, { whenEmpty: t('plan.none'), emptyHint: t('plan.none.hint') });

export async function planItem({ params }) {
  const path = `years/${session.year}/items/${encodeURIComponent(params.id)}`;
  const { data: view, etag } = await read(path);
  const { item } = view;
  const filed = await filedFor(item.instance);
  return [
    pageHead(local(item.title), { back: { href: '#/plan', text: t('nav.plan') }, actions: commands(path, view, etag) }),
    card(undefined,
      h('p', null, stateBadge('state', item.state), ' ', item.overdue ? badge(t('state.overdue'), 'bad') : null),
      facts([
        [t('plan.phase'), word('phase', item.phase)], [t('plan.window'), `${date(item.opensOn)} – ${date(item.dueOn)}`],
        [t('plan.responsible'), item.responsiblePeople.map(personName).join(', ') || word('personRole', item.responsible)],
        [t('plan.approver'), item.approver && word('personRole', item.approver)], [t('plan.inHand'), item.inHand.map(personName).join(', ')],
        [t('common.department'), item.department && departmentName(item.department)],
        [t('evidence.clauses'), view.clauses.join(', ')], [t('evidence.controls'), view.controls.join(', ')],
        [t('plan.work'), item.workId && workLink(item)], [t('plan.carriedFrom'), item.carriedFrom && (item.carriedFrom.fiscalYear ?? item.carriedFrom.item)],
      ]), view.warning ? h('p', { class: 'note' }, local(view.warning)) : null),
    recordsCard(view),
    filed.length || view.supporting.length ? card(t('plan.filed'), evidenceTable(t('plan.filed'), filed)) : null,
    card(t('common.history'), logTable(view.log, 'act', personName)),
  ];
}

const WORK = { audit: 'audits', training: 'training', committee: 'reviews', meeting: 'reviews', review: 'reviews', managementReview: 'reviews', certification: 'certification' };

function workLink(item) {
  const page = WORK[item.work] ?? (item.workId.startsWith('audit-') ? 'audits' : item.workId.startsWith('training-') ? 'training' : item.workId.startsWith('committee-') || item.workId.startsWith('review-') ? 'reviews' : undefined);
  return page ? link(`#/${page}/${item.workId}`, item.workId) : item.workId;
}

function recordsCard(view) {
  if (view.records.length === 0) return null;
  const missing = view.records.filter(r => r.evidence.length === 0).length;
  const canFile = view.possible.includes('submit');
  return card(t('plan.records'),
    h('p', { class: 'muted' }, missing ? t('plan.records.missing', missing) : t('plan.records.complete')),
    h('ul', { class: 'list' }, view.records.map(r => h('li', null,
      h('div', null, h('strong', null, local(r.title)), ' ', r.evidence.length ? badge(t('plan.record.filed'), 'ok') : badge(t('plan.record.missing'), 'warn'), r.evidence.map(id => h('div', { class: 'small' }, evidenceLink(id)))),
      canFile && uploadButton(t('plan.record.file'), { subject: view.item.instance, record: r.key, type: r.type, title: local(r.title) })))));
}

function commands(path, view, etag) {
  const { item, possible } = view;
  const me = session.me;
  const manages = me.roles.some(r => ['Isms.TopManagement', 'Isms.Manager'].includes(r));
  const ask = (command, definition) => possible.includes(command) && definition.when !== false && button(t(`plan.${command}`), () => formDialog(t(`plan.${command}.title`, local(item.title)), {
    intro: definition.intro, action: t(`plan.${command}`), done: t(`plan.${command}.done`), danger: command === 'waive', draft: `${item.instance}.${command}`, fields: definition.fields,
    submit: values => post(`${path}/${command}`, values, { ifMatch: etag }),
  }), { kind: definition.kind ?? '', name: command });
  const comment = { name: 'comment', label: t('common.comment'), type: 'area', maxLength: 2000 };
  const reason = { name: 'reason', label: t('common.reason'), type: 'area', required: true, maxLength: 2000 };
  const isDoer = item.responsiblePeople.includes(me.id) || item.inHand.includes(me.id) || me.roles.includes('Isms.Secretariat');
  return [
    ask('submit', { when: isDoer, kind: 'primary', intro: t('plan.submit.intro'), fields: [comment] }),
    ask('approve', { when: may('ApprovePlanItem') && item.inHand.includes(me.id), kind: 'primary', fields: [comment] }),
    ask('return', { when: item.inHand.includes(me.id), fields: [{ ...comment, required: true, help: t('plan.return.help') }] }),
    ask('reschedule', { when: manages || me.roles.includes('Isms.Secretariat'), fields: [{ name: 'due', label: t('plan.newDue'), type: 'date', required: true, value: item.dueOn > today() ? item.dueOn : today() }, reason] }),
    ask('waive', { when: manages, intro: t('plan.waive.intro'), fields: [reason] }),
  ].filter(Boolean);
}

