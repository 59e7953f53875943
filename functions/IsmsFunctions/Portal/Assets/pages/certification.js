// The certificate, its three years, and the audits of the certification body.

import { h } from '../core/dom.js';
import { all, get, post, read, Problem } from '../core/api.js';
import { date, local, number, t, word } from '../core/i18n.js';
import { badge, button, card, due, empty, facts, formDialog, link, logTable, options, pageHead, steps, table } from '../core/ui.js';
import { evidenceLinks, evidenceTable, filedFor, uploadButton } from '../core/evidence-parts.js';
import { departmentName, departments, may, personName, today } from '../core/session.js';

const STAGES = ['planned', 'held', 'responding', 'accepted', 'closed'];
const RESULTS = ['recommended', 'recommendedAfterCorrections', 'followUpAudit', 'notRecommended'];
const FINDINGS = [1, 2, 3, 4];
const tone = a => (a.overdue ? 'bad' : a.stage === 'closed' ? 'ok' : a.stage === 'cancelled' ? 'neutral' : 'info');

export async function certification() {
  const intro = t('certification.intro');
  let c;
  try {
    c = await get('certification');
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'certification-not-set-up') throw problem;
    return [pageHead(t('nav.certification'), { intro }), card(undefined, empty(t('settings.certification.none'), problem.detail, link('#/settings', t('nav.settings'))))];
  }
  const audits = await all('certification/audits');
  return [
    pageHead(t('nav.certification'), { intro, actions: [may('AnnounceCertificationAudit') && button(t('certification.announce'), () => announce(c.track), { kind: 'primary', name: 'announce' })].filter(Boolean) }),
    card(t('certification.certificate'), facts([[t('settings.body'), local(c.body)], [t('certification.standard'), c.standard], [t('settings.scope'), local(c.scope)], [t('settings.number'), c.certificateNumber], [t('certification.valid'), c.validFrom && `${date(c.validFrom)} – ${date(c.validUntil)}`]])),
    card(t('certification.next'), table(t('certification.next'), [
      { title: t('common.what'), cell: n => local(n.what) }, { title: t('common.due'), cell: n => due(n.on, n.isOverdue) },
    ], c.next, { whenEmpty: t('certification.next.none') })),
    card(t('certification.audits'), table(t('certification.audits'), [
      { title: t('certification.audit'), cell: a => link(`#/certification/${a.id}`, local(a.title)) }, { title: t('common.stage'), cell: a => badge(local(a.stageName), tone(a)) }, { title: t('audit.dates'), cell: a => `${date(a.from)} – ${date(a.to)}` },
      { title: t('certification.result'), cell: a => a.result && word('certificationResult', a.result) }, { title: t('certification.nonconformities'), numeric: true, cell: a => number(a.nonconformities) }, { title: t('certification.respondBy'), cell: a => due(a.respondBy, a.overdue) },
    ], audits, { whenEmpty: t('certification.audits.none'), emptyHint: t('certification.audits.hint') })),
    card(t('certification.track'), table(t('certification.track'), [
      { title: t('certification.audit'), cell: a => local(a.title) }, { title: t('certification.kind'), cell: a => word('certificationKind', a.kind) },
      { title: t('audit.dates'), cell: a => [`${date(a.from)} – ${date(a.to)} `, a.isTooLate ? badge(t('certification.tooLate', date(a.latestOn)), 'bad') : a.isProvisional ? badge(t('certification.provisional')) : a.isAgreed ? badge(t('certification.agreed'), 'ok') : badge(t('certification.proposed'), 'info')] },
      { title: t('certification.milestones'), cell: a => a.milestones.map(m => h('div', { class: m.isPast ? 'small muted' : 'small' }, `${word('milestone', m.kind)}: ${date(m.dueOn)}`)) },
    ], c.track)),
  ];
}

const announce = track => formDialog(t('certification.announce'), {
  intro: t('certification.announce.intro'), action: t('certification.announce'), done: t('common.done'), draft: 'certification.new',
  fields: [
    { name: 'track', label: t('certification.audit'), type: 'select', none: t('certificationKind.special'), options: track.filter(a => !a.audit).map(a => ({ value: a.id, text: `${local(a.title)} (${date(a.from)})` })) },
    { name: 'from', label: t('audit.from'), type: 'date', help: t('certification.from.help') }, { name: 'to', label: t('audit.to'), type: 'date' },
  ],
  submit: async values => { location.hash = `#/certification/${(await post('certification/audits', values)).data.id}`; },
});

export async function certificationAudit({ params }) {
  const path = `certification/audits/${encodeURIComponent(params.id)}`;
  const [{ data: a, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  const started = new Map(a.actions.map(x => [x.finding, x.action]));
  return [
    pageHead(local(a.title), { back: { href: '#/certification', text: t('nav.certification') }, actions: commands(path, a, etag, filed) }),
    card(undefined, h('p', null, badge(local(a.stageName), tone(a)), a.respondBy ? [' ', h('span', { class: 'small' }, t('certification.respondBy'), ' ', due(a.respondBy, a.overdue))] : null),
      a.stage === 'cancelled' ? null : steps(t('common.stage'), STAGES.map(s => t(`certificationStage.${s}`)), STAGES.indexOf(a.stage)),
      facts([[t('settings.body'), local(a.body)], [t('certification.kind'), word('certificationKind', a.kind)], [t('audit.dates'), `${date(a.from)} – ${date(a.to)}`], [t('certification.result'), a.outcome && word('certificationResult', a.outcome.result)], [t('certification.auditors'), a.outcome?.auditors.join(', ')]]),
      a.outcome?.summary ? h('p', null, a.outcome.summary) : null),
    a.outcome ? card(t('audit.findings'), table(t('audit.findings'), [
      { title: t('finding'), cell: f => f.fact }, { title: t('certification.wording'), cell: f => f.wording }, { title: t('finding.grade'), cell: f => word('result', f.grade) }, { title: t('common.department'), cell: f => departmentName(f.department) },
      { title: t('finding.requirement'), cell: f => f.clause ?? (f.control ? `A.${f.control}` : '') }, { title: t('nav.actions'), cell: f => (started.has(f.id) ? link(`#/actions/${started.get(f.id)}`, started.get(f.id)) : '') },
    ], a.outcome.findings ?? [], { whenEmpty: t('findings.none') })) : null,
    a.responses.length ? card(t('certification.responses'), a.responses.map(r => h('div', null, h('h3', null, t('certification.round', r.round, date(r.at), personName(r.by))), r.comment ? h('p', null, r.comment) : null, r.evidence.length ? evidenceLinks(r.evidence) : null))) : null,
    card(t('action.evidence'), evidenceTable(t('action.evidence'), filed, t('action.evidence.none')), ['closed', 'cancelled'].includes(a.stage) ? null : h('p', null, uploadButton(t('action.evidence.add'), { subject: a.id, type: 'certification' }))),
    card(t('common.history'), logTable(a.log, 'certificationAct', personName)),
  ];
}

function commands(path, a, etag, filed) {
  const area = (name, label, more) => ({ name, label, type: 'area', maxLength: 2000, ...more });
  const evidence = { name: 'evidence', label: t('action.evidence'), type: 'checks', options: filed.map(e => ({ value: e.id, text: local(e.title) })) };
  const ask = (name, needs, fields, { convert = v => v, kind = 'primary', wide = false } = {}) => a.possible.includes(name) && may(needs) && button(t(`certification.do.${name}`), () => formDialog(t(`certification.do.${name}`), {
    action: t('common.send'), done: t('common.done'), draft: `${a.id}.${name}`, fields, wide, danger: name === 'cancel', submit: v => post(`${path}/${name}`, convert(v), { ifMatch: etag }),
  }), { kind, name });
  const findings = FINDINGS.flatMap(n => [
    { name: `wording${n}`, label: t('certification.finding.wording', n), help: n === 1 ? t('certification.wording.help') : undefined }, area(`fact${n}`, t('certification.finding.fact', n), { rows: 2 }),
    { name: `clause${n}`, label: t('certification.finding.clause', n) }, { name: `department${n}`, label: t('certification.finding.department', n), type: 'select', options: options(departments()) },
  ]);
  return [
    ask('held', 'EnterCertificationResult', [
      { name: 'from', label: t('audit.from'), type: 'date', required: true, value: a.from, max: today() }, { name: 'to', label: t('audit.to'), type: 'date', value: a.to, max: today() },
      { name: 'result', label: t('certification.result'), type: 'select', required: true, options: RESULTS.map(value => ({ value, text: word('certificationResult', value) })) },
      { name: 'auditors', label: t('certification.auditors'), help: t('upload.lists') }, area('summary', t('certification.summary')), ...findings, { name: 'respondBy', label: t('certification.respondBy'), type: 'date', help: t('certification.respondBy.help') }, evidence,
    ], {
      wide: true, convert: v => ({
        from: v.from, to: v.to, result: v.result, summary: v.summary, respondBy: v.respondBy, evidence: v.evidence, auditors: v.auditors?.split(/[,、]/).map(x => x.trim()).filter(Boolean),
        findings: FINDINGS.filter(n => v[`fact${n}`]).map(n => ({ wording: v[`wording${n}`] ?? '', fact: v[`fact${n}`], ...placeOf(v[`clause${n}`]), department: v[`department${n}`] })),
      }),
    }),
    ask('respond', 'SendCertificationResponse', [area('comment', t('common.comment')), evidence]),
    ask('accept', 'AcceptCertificationResponse', [area('comment', t('common.comment'))]),
    ask('return', 'ReturnCertificationResponse', [area('comment', t('certification.return.what'), { required: true }), { name: 'respondBy', label: t('certification.respondBy'), type: 'date', required: true, min: today() }], { kind: '' }),
    ask('cancel', 'CancelCertificationAudit', [area('reason', t('common.reason'), { required: true })], { kind: '' }),
  ].filter(Boolean);
}

// Bodies write A.5.15 for a control, and 9.2 for a clause.
const placeOf = text => (!text ? {} : /^A\./i.test(text) ? { control: text.slice(2) } : { clause: text });
