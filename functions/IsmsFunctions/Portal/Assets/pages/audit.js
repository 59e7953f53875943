// One audit: plan, checklist, findings, history.

import { h, icon, replace } from '../core/dom.js';
import { post, read, saveFile } from '../core/api.js';
import { date, local, moment, number, t, word } from '../core/i18n.js';
import { badge, button, card, due, empty, facts, field, filterBar, formDialog, link, logTable, options, pageHead, run, steps, table, tabs } from '../core/ui.js';
import { evidenceLink, evidenceTable, filedFor } from '../core/evidence-parts.js';
import { departmentName, may, people, personName, session } from '../core/session.js';
import { questionForm, toneOf } from './checklist.js';
import { STAGES, stageTone } from './audits.js';

export async function audit(context) {
  const { id } = context.params;
  const [{ data: view, etag }, filed] = await Promise.all([read(`audits/${id}`), filedFor(id)]);
  const tab = context.query.tab ?? (view.stage === 'fieldwork' && may('AnswerAudit') ? 'checklist' : 'plan');
  const href = name => `#/audits/${id}?tab=${name}`;
  const bodies = { plan: planTab, checklist: checklistTab, findings: findingsTab, documents: documentsTab, history: historyTab };
  return [
    pageHead(t('audit.named', id.replace('audit-', '')), { back: { href: '#/audits', text: t('nav.audits') }, actions: commands(id, view, etag) }),
    card(undefined,
      h('p', null, badge(local(view.stageName), stageTone(view.stage)), view.due ? [' ', h('span', { class: 'small' }, t('common.due'), ' ', due(view.due, view.overdue))] : null),
      view.stage === 'cancelled' ? null : steps(t('audit.stages'), STAGES.map(s => t(`auditStage.${s}`)), STAGES.indexOf(view.stage)),
      view.questions ? progress(view) : null),
    tabs(t('audit.parts'), [
      { id: 'plan', text: t('audit.plan'), href: href('plan') }, { id: 'checklist', text: t('audit.checklist'), href: href('checklist'), count: view.questions || undefined },
      { id: 'findings', text: t('audit.findings'), href: href('findings'), count: view.findings.length || undefined }, { id: 'documents', text: t('audit.documents'), href: href('documents'), count: filed.length || undefined },
      { id: 'history', text: t('common.history'), href: href('history') },
    ], tab),
    (bodies[tab] ?? planTab)(view, context, filed),
  ];
}

const progress = view => h('div', { class: 'audit-progress' },
  h('p', { class: 'small', id: 'answered' }, t('audit.answered', number(view.answered), number(view.questions))),
  h('div', { class: 'bar', 'aria-hidden': 'true' }, h('i', { style: { width: `${(100 * view.answered) / view.questions}%` } })));

function planTab(view) {
  const { plan } = view;
  return card(t('audit.plan'),
    facts([
      [t('audit.dates'), `${date(plan.from)} – ${date(plan.to)}`], [t('audit.lead'), personName(plan.leadAuditor)], [t('audit.requestedBy'), `${personName(view.requestedBy)}, ${moment(view.requestedAt)}`],
      [t('audit.planApprovedBy'), view.planApproval && `${personName(view.planApproval.by)}, ${moment(view.planApproval.at)}`],
      [t('audit.reportApprovedBy'), view.reportApproval && `${personName(view.reportApproval.by)}, ${moment(view.reportApproval.at)}`],
    ]),
    h('div', { class: 'two' }, h('div', null, h('h3', null, t('audit.objective')), h('p', null, local(plan.objective))), h('div', null, h('h3', null, t('audit.criteria')), h('p', null, local(plan.criteria)))),
    table(t('audit.assignments'), [
      { title: t('common.department'), cell: a => departmentName(a.department) }, { title: t('audit.auditor'), cell: a => personName(a.auditor) },
      { title: t('audit.scope'), cell: a => (a.requirements?.length ? a.requirements.join(', ') : t('common.all')) },
    ], plan.assignments, { visible: true }),
    h('details', null, h('summary', null, t('audit.requirements', plan.clauses.length, plan.controls.length)), facts([[t('evidence.clauses'), plan.clauses.join(', ')], [t('evidence.controls'), plan.controls.join(', ')], [t('audit.excluded'), plan.excludedControls?.join(', ')]])));
}

function checklistTab(view, context) {
  if (view.checklist.length === 0) return card(undefined, empty(t('checklist.none'), t('checklist.none.hint')));
  const canAnswer = view.stage === 'fieldwork' && may('AnswerAudit');
  const mineOnly = view.checklist.some(q => q.auditor === session.me.id);
  const wanted = { department: context.query.department ?? '', mine: mineOnly, open: false };
  const list = h('div', { class: 'questions' });
  const shown = h('p', { class: 'small muted', role: 'status' });
  const answered = new Map(view.checklist.map(q => [q.id, q.answer]));
  const said = count => {
    const line = document.getElementById('answered');
    if (!line) return;
    line.textContent = t('audit.answered', number(count), number(view.questions));
    line.nextElementSibling.firstChild.style.setProperty('width', `${(100 * count) / view.questions}%`);
  };
  const show = () => {
    const questions = view.checklist.filter(q => (!wanted.department || q.department === wanted.department) && (!wanted.mine || q.auditor === session.me.id) && (!wanted.open || !answered.get(q.id)));
    shown.textContent = t('checklist.count', questions.length, view.checklist.length);
    replace(list, questions.length ? questions.map(q => questionRow(view, q, canAnswer, context, answered, said)) : empty(t('checklist.filtered'), t('checklist.filtered.hint')));
  };
  const bar = filterBar(
    field({ name: 'department', label: t('common.department'), type: 'select', none: t('common.all'), value: wanted.department, options: view.departments.map(d => ({ value: d, text: departmentName(d) })) }),
    mineOnly ? field({ name: 'mine', label: t('checklist.mine'), type: 'check', value: true }) : null,
    field({ name: 'open', label: t('checklist.open'), type: 'check', value: false }));
  bar.addEventListener('input', event => { wanted[event.target.name] = event.target.type === 'checkbox' ? event.target.checked : event.target.value; show(); });
  show();
  return card(t('audit.checklist'),
    h('div', { class: 'actions' }, button([icon('download'), t('checklist.download')], e => run(e.currentTarget, () => saveFile(`audits/${view.id}/checklist.xlsx`, 'checklist.xlsx')), { kind: 'small' }),
      canAnswer ? button(t('checklist.upload'), () => bringBack(view.id), { kind: 'small' }) : null),
    bar, shown, list);
}

function questionRow(view, q, canAnswer, context, answered, said) {
  const mark = h('span');
  const show = answer => replace(mark, answer ? badge(word('result', answer.answer.result), toneOf(answer.answer.result)) : badge(t('checklist.unanswered'), 'neutral'));
  show(answered.get(q.id));
  const row = h('details', { class: 'question', 'data-question': q.id },
    h('summary', null, h('span', { class: 'muted number small' }, q.clause ?? (q.control ? `A.${q.control}` : '')), h('span', null, local(q.text)), mark));
  row.addEventListener('toggle', () => {
    if (!row.open || row.children.length > 1) return;
    row.append(questionForm(view, { ...q, answer: answered.get(q.id) }, canAnswer, context, (answer, count) => {
      answered.set(q.id, answer);
      show(answer);
      said(count);
    }));
  });
  return row;
}

const bringBack = id => formDialog(t('checklist.upload'), {
  intro: t('checklist.upload.intro'), action: t('checklist.upload.action'), wide: true,
  fields: [{ name: 'file', label: t('upload.file'), type: 'file', required: true, accept: '.xlsx' }, { name: 'preview', label: t('checklist.upload.preview'), type: 'check', value: true }],
  submit: async (values, form) => {
    const bytes = await form.elements.file.files[0].arrayBuffer();
    const { data } = await post(`audits/${id}/checklist?preview=${values.preview ? 'true' : 'false'}`, undefined, { bytes });
    const { dialog } = await import('../core/ui.js');
    const rows = data.rows ?? data.items ?? [];
    dialog(t(values.preview ? 'checklist.upload.wouldBe' : 'checklist.upload.was'), () => table(t('audit.checklist'), [
      { title: t('import.row'), cell: r => r.row }, { title: t('checklist.question'), cell: r => r.question ?? '' }, { title: t('import.outcome'), cell: r => word('outcome', r.outcome) }, { title: t('import.why'), cell: r => r.problem?.title ?? r.title ?? '' },
    ], rows), { wide: true });
  },
});

function findingsTab(view) {
  const started = new Map(view.actions.map(a => [a.finding, a]));
  return card(t('audit.findings'),
    view.counts ? h('p', null, ['conforming', 'major', 'minor', 'observations', 'opportunities', 'notApplicable'].map(k => h('span', { class: 'small' }, `${t(`counts.${k}`)} ${number(view.counts[k])}　`))) : null,
    table(t('audit.findings'), [
      { title: t('finding'), cell: f => f.fact }, { title: t('finding.grade'), cell: f => badge(word('result', f.grade), toneOf(f.grade)) }, { title: t('finding.urgency'), cell: f => word('urgency', f.urgency) },
      { title: t('common.department'), cell: f => departmentName(f.department) }, { title: t('finding.requirement'), cell: f => [f.clause ?? (f.control ? `A.${f.control}` : ''), ' ', local(f.requirement)] },
      { title: t('evidence.title'), cell: f => (f.evidence ?? []).map(e => h('div', { class: 'small' }, evidenceLink(e))) },
      { title: t('nav.actions'), cell: f => (started.has(f.id) ? link(`#/actions/${started.get(f.id).action}`, started.get(f.id).action) : '') },
    ], view.findings, { whenEmpty: t('findings.none'), emptyHint: t('findings.none.hint') }));
}

const documentsTab = (view, context, filed) => card(t('audit.documents'), evidenceTable(t('audit.documents'), filed, t('audit.documents.none')));
const historyTab = view => card(t('common.history'), logTable(view.log, 'auditAct', personName));

const REASON = () => ({ name: 'reason', label: t('common.reason'), type: 'area', required: true, maxLength: 2000 });

const reschedule = (id, view, etag) => view.possible.includes('reschedule') && may('RescheduleAudit') && button(t('audit.do.reschedule'), () => formDialog(t('audit.do.reschedule'), {
  intro: t('audit.do.reschedule.intro'), action: t('audit.do.reschedule'), done: t('common.done'), draft: `${id}.reschedule`,
  fields: [{ name: 'from', label: t('audit.from'), type: 'date', required: true, value: view.plan.from }, { name: 'to', label: t('audit.to'), type: 'date', value: view.plan.to }, REASON()],
  submit: values => post(`audits/${id}/reschedule`, values, { ifMatch: etag }),
}), { name: 'reschedule' });

/** The questions of an auditor, or those of some departments, in other hands. */
const reassign = (id, view, etag) => view.possible.includes('reassign') && may('ReassignAudit') && button(t('audit.do.reassign'), () => formDialog(t('audit.do.reassign'), {
  intro: t('audit.do.reassign.intro'), action: t('audit.do.reassign'), done: t('common.done'), draft: `${id}.reassign`,
  fields: [
    { name: 'from', label: t('audit.reassign.from'), type: 'select', options: [...new Set(view.plan.assignments.map(a => a.auditor))].map(value => ({ value, text: personName(value) })), help: t('audit.reassign.from.help') },
    { name: 'to', label: t('audit.reassign.to'), type: 'select', required: true, options: options(people('internalAuditor')) },
    { name: 'departments', label: t('common.departments'), type: 'checks', options: view.departments.map(value => ({ value, text: departmentName(value) })), help: t('audit.reassign.departments.help') }, REASON(),
  ],
  submit: ({ departments, ...values }) => post(`audits/${id}/reassign`, { ...values, ...(departments?.length ? { departments } : {}) }, { ifMatch: etag }),
}), { name: 'reassign' });

function commands(id, view, etag) {
  const comment = { name: 'comment', label: t('common.comment'), type: 'area', maxLength: 2000 };
  const command = (name, needs, { kind = '', intro, required } = {}) => view.possible.includes(name) && may(needs) && button(t(`audit.do.${name}`), () => formDialog(t(`audit.do.${name}`), {
    intro: intro ?? t(`audit.do.${name}.intro`), action: t(`audit.do.${name}`), done: t('common.done'), danger: name === 'cancel', draft: `${id}.${name}`, fields: [required ? { ...comment, required: true, name: name === 'cancel' ? 'reason' : 'comment', label: t('common.reason') } : comment],
    submit: values => post(`audits/${id}/${name}`, values, { ifMatch: etag }),
  }), { kind, name });
  return [
    command('approve-plan', 'ApproveAuditPlan', { kind: 'primary' }), command('submit', 'SubmitAudit', { kind: view.answered === view.questions ? 'primary' : '' }), command('approve-report', 'ApproveAuditReport', { kind: 'primary' }),
    command('return-report', 'ReturnAuditReport', { required: true }), reschedule(id, view, etag), reassign(id, view, etag), command('cancel', 'CancelAudit', { required: true }),
  ].filter(Boolean);
}

