// Corrective actions: what went wrong, why, what is done about it, and whether it worked.

import { h } from '../core/dom.js';
import { all, post, query, read } from '../core/api.js';
import { date, local, moment, t, word } from '../core/i18n.js';
import { badge, button, card, due, facts, field, filterBar, formDialog, link, logTable, options, pageHead, steps, table } from '../core/ui.js';
import { evidenceLinks, evidenceTable, filedFor, uploadButton } from '../core/evidence-parts.js';
import { departmentName, departments, may, people, personName, session } from '../core/session.js';

const STAGES = ['raised', 'correction', 'rootCause', 'planApproval', 'implementing', 'effectivenessCheck', 'closed'];
const ORIGINS = ['manual', 'suggestion', 'spotCheck'];
const tone = a => (a.overdue ? 'bad' : a.stage === 'closed' ? 'ok' : a.stage === 'reopened' ? 'warn' : 'info');

export async function actions(context) {
  const wanted = { state: 'open', owner: '', ...context.query };
  const list = await all('corrective-actions' + query({ state: wanted.state === 'all' ? '' : wanted.state, owner: wanted.owner }));
  const bar = filterBar(
    field({ name: 'state', label: t('common.show'), type: 'select', value: wanted.state, required: true, options: ['open', 'closed', 'all'].map(value => ({ value, text: t(`actions.${value}`) })) }),
    field({ name: 'owner', label: t('action.owner'), type: 'select', none: t('common.all'), value: wanted.owner, options: options(people()) }));
  bar.addEventListener('change', event => { location.hash = '#/actions' + query({ ...wanted, [event.target.name]: event.target.value }); });
  return [
    pageHead(t('nav.actions'), { intro: t('actions.intro'), actions: [may('RaiseCorrectiveAction') && button(t('actions.new'), raise, { kind: 'primary', name: 'raise' })].filter(Boolean) }),
    card(undefined, bar, table(t('nav.actions'), [
      { title: t('action.fact'), cell: a => link(`#/actions/${a.id}`, a.fact) },
      { title: t('common.stage'), cell: a => badge(local(a.stageName), tone(a)) },
      { title: t('action.owner'), cell: a => personName(a.owner) },
      { title: t('common.department'), cell: a => departmentName(a.department) },
      { title: t('action.source'), cell: a => word('origin', a.source.origin) },
      { title: t('common.due'), cell: a => due(a.due, a.overdue) },
    ], list, { whenEmpty: t('actions.none'), emptyHint: t('actions.none.hint') })),
  ];
}

const raise = () => formDialog(t('actions.new'), {
  draft: 'action.new', done: t('actions.new.done'), action: t('actions.new'),
  fields: [
    { name: 'department', label: t('common.department'), type: 'select', required: true, options: options(departments()) },
    { name: 'fact', label: t('action.fact'), type: 'area', required: true, help: t('action.fact.help'), maxLength: 2000 },
    { name: 'requirement', label: t('action.requirement'), type: 'area', required: true, rows: 2, help: t('action.requirement.help'), maxLength: 2000 },
    { name: 'clause', label: t('action.clause') }, { name: 'control', label: t('action.control') },
    { name: 'owner', label: t('action.owner'), type: 'select', none: t('action.owner.lead'), options: options(people()) },
    { name: 'urgency', label: t('finding.urgency'), type: 'select', required: true, value: 'high', options: ['immediate', 'high', 'normal', 'low'].map(value => ({ value, text: word('urgency', value) })) },
    { name: 'source', label: t('action.source'), type: 'select', required: true, value: 'manual', options: ORIGINS.map(value => ({ value, text: word('origin', value) })) },
  ],
  submit: async values => { location.hash = `#/actions/${(await post('corrective-actions', values)).data.id}`; },
});

export async function action({ params }) {
  const path = `corrective-actions/${encodeURIComponent(params.id)}`;
  const [{ data: a, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  const n = a.nonconformity;
  return [
    pageHead(a.fact, { back: { href: '#/actions', text: t('nav.actions') }, actions: commands(path, a, etag, filed) }),
    card(undefined, h('p', null, badge(local(a.stageName), tone(a)), a.due ? [' ', h('span', { class: 'small' }, t('common.due'), ' ', due(a.due, a.overdue))] : null, a.reopenings ? [' ', badge(t('action.reopened', a.reopenings), 'warn')] : null),
      steps(t('action.stages'), STAGES.map(s => t(`actionStage.${s}`)), a.stage === 'reopened' ? 2 : STAGES.indexOf(a.stage)),
      facts([
        [t('action.id'), a.id], [t('action.owner'), personName(a.owner)], [t('common.department'), departmentName(n.department)], [t('finding.urgency'), word('urgency', n.urgency)], [t('finding.grade'), n.grade && word('result', n.grade)],
        [t('action.source'), [word('origin', a.source.origin), a.source.instance?.startsWith('audit-') ? [' ', link(`#/audits/${a.source.instance}`, a.source.instance)] : a.source.instance ? ` ${a.source.instance}` : null]],
        [t('action.requirement'), [n.clause ?? (n.control ? `A.${n.control}` : ''), ' ', local(n.requirement)]], [t('action.raised'), `${personName(a.raisedBy)}, ${moment(a.raisedAt)}`],
        [t('action.effectivenessFrom'), a.effectivenessFrom && date(a.effectivenessFrom)],
      ]),
      n.evidence.length ? evidenceLinks(n.evidence) : null),
    a.correction ? card(t('actionStage.correction'), h('p', null, a.correction.description), signed(a.correction), evidenceLinks(a.correction.evidence)) : null,
    [...a.rounds].reverse().map(r => round(r, a.rounds.length)),
    card(t('action.evidence'), evidenceTable(t('action.evidence'), filed, t('action.evidence.none')), a.stage === 'closed' ? null : h('p', null, uploadButton(t('action.evidence.add'), { subject: a.id, type: 'improvement' }))),
    card(t('common.history'), logTable(a.log, 'actionAct', personName)),
  ];
}

const signed = part => h('p', { class: 'small muted' }, `${personName(part.by)}, ${moment(part.at)}`);

function round(r, count) {
  if (!r.rootCause && !r.plan && !r.implementation) return null;
  return card(count > 1 ? t('action.round', r.number) : t('action.treatment'),
    r.rootCause ? h('div', null, h('h3', null, t('action.whys')), h('ol', null, r.rootCause.whys.map(w => h('li', null, w))), r.rootCause.elsewhere ? h('p', null, h('strong', null, t('action.elsewhere')), ' ', (r.rootCause.elsewhere.departments ?? []).map(departmentName).join(', '), ' ', r.rootCause.elsewhere.result) : null, signed(r.rootCause)) : null,
    r.plan ? h('div', null, h('h3', null, t('action.plan')), table(t('action.plan'), [
      { title: t('action.step'), cell: s => s.what }, { title: t('plan.responsible'), cell: s => personName(s.responsible) }, { title: t('common.due'), cell: s => date(s.due) },
    ], r.plan.steps), r.approval ? h('p', { class: 'small muted' }, t('action.approved', personName(r.approval.by), moment(r.approval.at))) : null) : null,
    r.implementation ? h('div', null, h('h3', null, t('action.implementation')), h('p', null, r.implementation.note), signed(r.implementation), evidenceLinks(r.implementation.evidence)) : null,
    r.effectiveness ? h('div', null, h('h3', null, t('action.effectiveness')), h('p', null, badge(t(r.effectiveness.effective ? 'action.effective' : 'action.ineffective'), r.effectiveness.effective ? 'ok' : 'bad'), ' ', r.effectiveness.note), signed(r.effectiveness)) : null);
}

function commands(path, a, etag, filed) {
  const area = (name, label, more) => ({ name, label, type: 'area', maxLength: 2000, ...more });
  const evidence = { name: 'evidence', label: t('action.evidence'), type: 'checks', help: filed.length ? undefined : t('action.evidence.first'), options: filed.map(e => ({ value: e.id, text: local(e.title) })) };
  const ask = (name, needs, fields, { convert = v => v, kind = 'primary', when = true, wide } = {}) => a.possible.includes(name) && may(needs) && when && button(t(`action.do.${name}`), () => formDialog(t(`action.do.${name}`), {
    action: t('common.send'), done: t('common.done'), draft: `${a.id}.${name}.${a.round}`, fields, wide, submit: values => post(`${path}/${name}`, convert(values), { ifMatch: etag }),
  }), { kind, name });
  const responsible = options(people());
  const stepFields = [1, 2, 3].flatMap(n => [
    { name: `what${n}`, label: t('action.step.number', n), type: 'area', rows: 2, required: n === 1, maxLength: 2000 }, { name: `who${n}`, label: t('plan.responsible'), type: 'select', options: responsible, required: n === 1, value: n === 1 ? a.owner : undefined, none: t('common.choose') },
    { name: `due${n}`, label: t('common.due'), type: 'date', required: n === 1 },
  ]);
  const isOwner = a.owner === session.me.id || session.me.roles.some(r => ['Isms.Secretariat'].includes(r));
  return [
    ask('correction', 'ReportActionCorrection', [area('description', t('action.do.correction.what'), { required: true }), evidence], { when: isOwner }),
    ask('root-cause', 'ReportActionRootCause', [
      ...[1, 2, 3, 4, 5].map(n => area(`why${n}`, t('action.why', n), { rows: 2, required: n === 1 })),
      { name: 'departments', label: t('action.elsewhere.where'), help: t('action.elsewhere.help'), type: 'checks', options: options(departments()) }, area('result', t('action.elsewhere.result'), { rows: 2, required: true }), { name: 'similarFound', label: t('action.elsewhere.found'), type: 'check' },
    ], { when: isOwner, wide: true, convert: v => ({ whys: [1, 2, 3, 4, 5].map(n => v[`why${n}`]).filter(Boolean), elsewhere: { departments: v.departments ?? [], result: v.result, similarFound: v.similarFound ?? false } }) }),
    ask('plan', 'ProposeActionPlan', [...stepFields, { name: 'waitingDays', label: t('action.waiting'), type: 'number', min: 0, max: 365, help: t('action.waiting.help') }], {
      when: isOwner, wide: true, convert: v => ({ steps: [1, 2, 3].filter(n => v[`what${n}`]).map(n => ({ what: v[`what${n}`], responsible: v[`who${n}`] ?? a.owner, due: v[`due${n}`] })), ...(v.waitingDays === undefined ? {} : { waitingDays: v.waitingDays }) }),
    }),
    ask('approve-plan', 'ApproveActionPlan', [area('comment', t('common.comment'))]),
    ask('return-plan', 'ReturnActionPlan', [area('comment', t('common.reason'), { required: true })], { kind: '' }),
    ask('implemented', 'ReportActionImplementation', [area('note', t('action.do.implemented.what'), { required: true }), evidence], { when: isOwner }),
    ask('effectiveness', 'CheckActionEffectiveness', [
      { name: 'effective', label: t('action.do.effectiveness.question'), type: 'select', required: true, options: [{ value: 'yes', text: t('action.effective') }, { value: 'no', text: t('action.ineffective') }] }, area('note', t('action.do.effectiveness.note'), { required: true }), evidence,
    ], { convert: v => ({ ...v, effective: v.effective === 'yes' }) }),
  ].filter(Boolean);
}

