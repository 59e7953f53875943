// Incidents and near misses.

import { h } from '../core/dom.js';
import { all, get, post, query, read } from '../core/api.js';
import { local, moment, momentOf, t, word } from '../core/i18n.js';
import { badge, button, card, due, facts, field, filterBar, formDialog, link, logTable, options, pageHead, steps, table } from '../core/ui.js';
import { evidenceTable, filedFor, uploadButton } from '../core/evidence-parts.js';
import { bars } from '../core/charts.js';
import { departmentName, departments, may, people, personName, session } from '../core/session.js';

const STAGES = ['reported', 'triage', 'containment', 'investigation', 'reporting', 'recovery', 'lessonsLearned', 'closed'];
const KINDS = ['lossOrTheft', 'misdelivery', 'malware', 'unauthorisedAccess', 'leak', 'outage', 'other'];
const tone = i => (i.overdue ? 'bad' : i.stage === 'closed' ? 'ok' : 'info');

// The nine items of a report (Enforcement Rules of the Act, article 8).
const CONTENTS = ['outline', 'dataItems', 'persons', 'cause', 'secondaryDamage', 'responseToPersons', 'publication', 'prevention', 'other'];

// What the duty to report depends on.
const FACTS = ['sensitive', 'propertyDamageFeared', 'unjustPurposeSuspected', 'highlyEncrypted', 'recoveredUnseen', 'entrustorNotified'];

export async function incidents(context) {
  const wanted = { nature: '', ...context.query };
  const [items, figures] = await Promise.all([all('incidents' + query({ fy: session.year })), get('incidents/statistics' + query({ fy: session.year }))]);
  const shown = items.filter(i => !wanted.nature || i.nature === wanted.nature).reverse();
  const bar = filterBar(field({ name: 'nature', label: t('incident.nature'), type: 'select', none: t('common.all'), value: wanted.nature, options: ['actual', 'nearMiss', 'drill'].map(value => ({ value, text: word('nature', value) })) }));
  bar.addEventListener('change', e => { location.hash = '#/incidents' + query({ nature: e.target.value }); });
  return [
    pageHead(t('nav.incidents'), { intro: t('incidents.intro'), actions: [may('ReportNewIncident') && button(t('incidents.new'), report, { kind: 'primary', name: 'report' })].filter(Boolean) }),
    card(undefined, bar, table(t('nav.incidents'), [
      { title: t('incident.title'), cell: i => link(`#/incidents/${i.id}`, i.title) }, { title: t('incident.nature'), cell: i => word('nature', i.nature) }, { title: t('incident.kind'), cell: i => local(i.kindName) },
      { title: t('common.stage'), cell: i => badge(local(i.stageName), tone(i)) }, { title: t('incident.severity'), cell: i => (i.severity ? word('severity', i.severity) : '–') }, { title: t('incident.handler'), cell: i => (i.handler ? personName(i.handler) : '–') },
      { title: t('common.due'), cell: i => due(i.due, i.overdue) },
    ], shown, { whenEmpty: t('incidents.none'), emptyHint: t('incidents.none.hint') })),
    items.length ? card(t('incidents.byMonth'), bars(t('incidents.byMonth'), figures.byMonth.map(m => ({ label: m.key.slice(5), values: [m.incidents, m.nearMisses] })), [{ title: t('nature.actual'), fill: 'fill-late' }, { title: t('nature.nearMiss'), fill: 'fill-open' }])) : null,
  ];
}

const report = () => formDialog(t('incidents.new'), {
  intro: t('incidents.new.intro'), draft: 'incident.new', done: t('incidents.new.done'), action: t('incidents.new.action'),
  fields: [
    { name: 'nature', label: t('incident.nature'), type: 'select', required: true, value: 'actual', options: ['actual', 'nearMiss'].map(value => ({ value, text: word('nature', value) })) },
    { name: 'kind', label: t('incident.kind'), type: 'select', required: true, options: KINDS.map(value => ({ value, text: word('incidentKind', value) })) },
    { name: 'title', label: t('incident.title'), required: true, maxLength: 200 }, { name: 'description', label: t('incident.description'), type: 'area', required: true, maxLength: 4000, help: t('incident.description.help') },
    { name: 'departments', label: t('common.departments'), type: 'checks', options: options(departments()) },
    { name: 'anonymous', label: t('incident.anonymous'), type: 'check', help: t('incident.anonymous.help') },
  ],
  submit: async values => { location.hash = `#/incidents/${(await post('incidents', values)).data.id}`; },
});

export async function incident({ params }) {
  const path = `incidents/${encodeURIComponent(params.id)}`;
  const [{ data: i, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  const part = (title, value, text) => value && card(title, h('p', null, text(value)), h('p', { class: 'small muted' }, [value.by && personName(value.by), value.at && moment(value.at)].filter(Boolean).join(', ')));
  return [
    pageHead(i.title, { back: { href: '#/incidents', text: t('nav.incidents') }, actions: commands(path, i, etag, filed) }),
    card(undefined, h('p', null, badge(local(i.stageName), tone(i)), ' ', badge(word('nature', i.nature)), i.due ? [' ', h('span', { class: 'small' }, t('common.due'), ' ', due(i.due, i.overdue))] : null),
      steps(t('incident.stages'), STAGES.map(x => t(`incidentStage.${x}`)), STAGES.indexOf(i.stage)), h('p', null, i.description),
      facts([
        [t('action.id'), i.id], [t('incident.kind'), local(i.kindName)], [t('incident.severity'), i.severity && word('severity', i.severity)], [t('incident.handler'), i.handler && personName(i.handler)], [t('common.departments'), i.departments.map(departmentName).join(', ')],
        [t('incident.detected'), moment(i.detectedAt)], [t('incident.reportedBy'), `${personName(i.reportedBy)}, ${moment(i.reportedAt)}`], [t('incident.duty'), i.duty.reasonTexts.map(local).join(' / ')],
      ])),
    i.clocks.length ? card(t('incident.clocks'), table(t('incident.clocks'), [
      { title: t('incident.clock'), cell: c => local(c.name) }, { title: t('incident.limit'), cell: c => h('span', { class: c.late ? 'late' : undefined }, moment(c.limit)) },
      { title: t('plan.state'), cell: c => (c.fulfilledAt ? badge(t('incident.filed', moment(c.fulfilledAt)), 'ok') : c.replacedAt ? badge(t('incident.replaced')) : badge(t(c.late ? 'state.overdue' : 'incident.running'), c.late ? 'bad' : 'warn')) },
    ], i.clocks)) : null,
    i.reports.length ? card(t('incident.reports'), table(t('incident.reports'), [
      { title: t('incident.breach.kind'), cell: r => word('breach', r.kind) }, { title: t('incident.breach.submittedAt'), cell: r => moment(r.submittedAt) }, { title: t('incident.breach.recipient'), cell: r => r.recipient }, { title: t('incident.breach.reference'), cell: r => r.reference ?? '–' },
      { title: t('incident.breach.outline'), cell: r => r.contents.outline ?? '–' }, { title: t('common.who'), cell: r => personName(r.by) },
    ], i.reports)) : null,
    part(t('incidentStage.containment'), i.containment, x => x.description), part(t('incidentStage.investigation'), i.investigation, x => `${x.cause} / ${x.scope}`), part(t('incidentStage.recovery'), i.recovery, x => x.description),
    i.lessons.length ? card(t('incidentStage.lessonsLearned'), h('ul', null, i.lessons.map(l => h('li', null, l.what)))) : null,
    i.timeline.length ? card(t('incident.timeline'), table(t('incident.timeline'), [{ title: t('common.when'), cell: e => moment(e.when ?? e.at) }, { title: t('common.what'), cell: e => e.what }, { title: t('common.who'), cell: e => personName(e.by) }], i.timeline)) : null,
    card(t('action.evidence'), evidenceTable(t('action.evidence'), filed, t('action.evidence.none')), i.stage === 'closed' ? null : h('p', null, uploadButton(t('action.evidence.add'), { subject: i.id, type: 'incident' }))),
    card(t('common.history'), logTable(i.log, 'incidentAct', personName)),
  ];
}

function commands(path, i, etag, filed) {
  const area = (name, label, more) => ({ name, label, type: 'area', maxLength: 4000, required: true, ...more });
  const evidence = { name: 'evidence', label: t('action.evidence'), type: 'checks', options: filed.map(e => ({ value: e.id, text: local(e.title) })) };
  const choose = (name, label, kind, values, more) => ({ name, label, type: 'select', required: true, options: values.map(value => ({ value, text: word(kind, value) })), ...more });
  const last = i.reports.at(-1)?.contents ?? {};
  const known = i.personalData ?? {};
  const ask = (name, needs, fields, { convert = v => v, kind = '', wide = false, intro } = {}) => i.possible.includes(name) && may(needs) && button(t(`incident.do.${name}`), () => formDialog(t(`incident.do.${name}`), {
    action: t('common.send'), done: t('common.done'), draft: `${i.id}.${name}`, fields, wide, intro, submit: v => post(`${path}/${name}`, convert(v), { ifMatch: etag }),
  }), { kind, name });
  return [
    ask('triage', 'JudgeIncident', [
      choose('extent', t('incident.extent'), 'extent', ['individual', 'department', 'organization', 'outside']), { name: 'handler', label: t('incident.handler'), type: 'select', options: options(people()), none: t('common.choose') },
      { name: 'comment', label: t('common.comment'), type: 'area', maxLength: 2000 },
    ], { kind: 'primary' }),
    ask('contained', 'ReportIncidentContained', [area('description', t('incident.do.contained.what')), evidence], { kind: 'primary' }),
    ask('investigated', 'ReportIncidentInvestigated', [choose('category', t('incident.cause'), 'cause', ['humanError', 'ruleViolation', 'insiderMisuse', 'externalAttack', 'misconfiguration', 'vulnerability', 'equipmentFailure', 'supplier', 'other']), area('cause', t('incident.cause.text')), area('scope', t('incident.scope')), evidence], { kind: 'primary' }),
    ask('assess', 'AssessIncidentFacts', [
      { name: 'persons', label: t('incident.breach.persons'), type: 'number', min: 0, required: true, value: known.persons }, { name: 'items', label: t('incident.breach.dataItems'), required: true, maxLength: 1000, value: known.items, help: t('incident.assess.items.help') },
      ...FACTS.map(name => ({ name, label: t(`incident.assess.${name}`), type: 'check', value: known[name] === true })), area('reason', t('common.reason'), { rows: 2 }),
    ], { wide: true, intro: t('incident.assess.intro'), convert: ({ reason, ...personalData }) => ({ personalData, reason }) }),
    i.clocks.length > 0 && ask('breach-report', 'FileIncidentBreachReport', [
      choose('kind', t('incident.breach.kind'), 'breach', ['preliminary', 'final', 'persons'], { help: t('incident.breach.kind.help'), value: i.reports.some(r => r.kind === 'preliminary') ? 'final' : 'preliminary' }),
      { name: 'recipient', label: t('incident.breach.recipient'), required: true, maxLength: 200, value: t('incident.breach.commission') },
      ...CONTENTS.map(name => (name === 'persons' ? { name, label: t(`incident.breach.${name}`), type: 'number', min: 0, value: last[name] } : area(name, t(`incident.breach.${name}`), { required: false, rows: 2, value: last[name] ?? (name === 'outline' ? i.description : name === 'cause' ? i.investigation?.cause : undefined) }))),
      { name: 'submittedAt', label: t('incident.breach.submittedAt'), type: 'datetime-local', help: t('incident.breach.submittedAt.help') }, { name: 'reference', label: t('incident.breach.reference'), maxLength: 100 }, evidence,
    ], {
      kind: i.clocks.some(c => !c.fulfilledAt && !c.replacedAt) ? 'primary' : '', wide: true, intro: t('incident.breach.intro'),
      convert: ({ kind, recipient, submittedAt, reference, evidence: filedIds, ...contents }) => ({ kind, recipient, reference, evidence: filedIds, contents, ...(submittedAt ? { submittedAt: momentOf(submittedAt) } : {}) }),
    }),
    ask('complete-reporting', 'CompleteIncidentReporting', [], { kind: 'primary' }),
    ask('recovered', 'ReportIncidentRecovered', [area('description', t('incident.do.recovered.what')), evidence], { kind: 'primary' }),
    ask('lessons', 'AddIncidentLessons', [area('what', t('incident.lesson'))], { kind: 'primary', convert: v => ({ lessons: [{ what: v.what, measure: 'none' }] }) }),
    ask('close', 'CloseIncident', [{ name: 'comment', label: t('common.comment'), type: 'area' }]),
    ask('note', 'NoteIncident', [area('what', t('incident.do.note.what'))]),
    ask('dismiss', 'DismissReportedIncident', [area('reason', t('common.reason'))]),
  ].filter(Boolean);
}

