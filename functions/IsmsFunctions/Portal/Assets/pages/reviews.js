// Management reviews and committees: papers, minutes, decisions.

import { h } from '../core/dom.js';
import { all, post, query, read } from '../core/api.js';
import { date, local, moment, t, word } from '../core/i18n.js';
import { badge, button, card, due, facts, field, filterBar, formDialog, link, logTable, options, pageHead, table } from '../core/ui.js';
import { evidenceLinks, evidenceTable, filedFor } from '../core/evidence-parts.js';
import { may, people, personName, session, today } from '../core/session.js';


export async function reviews(context) {
  const wanted = { kind: '', ...context.query };
  const list = (await all('meetings' + query({ fy: session.year }))).filter(m => !wanted.kind || m.kind === wanted.kind).sort((a, b) => (a.kind === b.kind ? (a.date ?? '9').localeCompare(b.date ?? '9') : a.kind === 'managementReview' ? -1 : 1));
  const bar = filterBar(field({ name: 'kind', label: t('meeting.kind'), type: 'select', none: t('common.all'), value: wanted.kind, options: ['managementReview', 'committee'].map(value => ({ value, text: word('meetingKind', value) })) }));
  bar.addEventListener('change', e => { location.hash = '#/reviews' + query({ kind: e.target.value }); });
  const call = (path, name) => button(t(name), () => formDialog(t(name), {
    intro: t(`${name}.intro`), action: t(name), done: t('common.done'), fields: [], submit: async () => { location.hash = `#/reviews/${(await post(path, {})).data.id}`; },
  }), { name: path });
  return [
    pageHead(t('nav.reviews'), { intro: t('reviews.intro'), actions: [may('CallReview') && call('reviews', 'reviews.call'), may('CallCommittee') && call('meetings', 'reviews.committee')].filter(Boolean) }),
    card(undefined, bar, table(t('nav.reviews'), [
      { title: t('meeting'), cell: m => link(`#/reviews/${m.id}`, local(m.name)) }, { title: t('common.stage'), cell: m => badge(local(m.stageName), m.stage === 'closed' ? 'ok' : m.stage === 'cancelled' ? 'neutral' : 'info') },
      { title: t('meeting.date'), cell: m => date(m.date) }, { title: t('common.due'), cell: m => due(m.due, m.overdue) }, { title: t('meeting.missing'), cell: m => (m.missing.length ? badge(t('meeting.missing.count', m.missing.length), 'warn') : '') },
      { title: t('meeting.decisions'), numeric: true, cell: m => (m.openDecisions ? `${m.openDecisions} / ${m.decisions}` : m.decisions) },
    ], list, { whenEmpty: t('reviews.none'), emptyHint: t('reviews.none.hint') })),
  ];
}

export async function review({ params }) {
  const path = `meetings/${encodeURIComponent(params.id)}`;
  const [{ data: m, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  const appointment = m.appointment ?? m.proposed;
  return [
    pageHead(local(m.name), { back: { href: '#/reviews', text: t('nav.reviews') }, actions: commands(path, m, etag) }),
    card(undefined, h('p', null, badge(local(m.stageName), m.stage === 'closed' ? 'ok' : 'info'), m.due ? [' ', h('span', { class: 'small' }, t('common.due'), ' ', due(m.due, m.overdue))] : null),
      facts([
        [t(m.appointment ? 'meeting.date' : 'meeting.proposed'), appointment && [date(appointment.date), appointment.time ? ` ${appointment.time.slice(0, 5)}` : ''].join('')], [t('meeting.place'), appointment?.place], [t('meeting.invitees'), appointment?.invitees?.map(personName).join(', ')],
        [t('meeting.attendees'), m.minutes?.attendees?.map(personName).join(', ')], [t('meeting.chair'), m.minutes?.chair && personName(m.minutes.chair)], [t('meeting.called'), `${personName(m.calledBy)}, ${moment(m.calledAt)}`],
        [t('meeting.approved'), m.approval && `${personName(m.approval.by)}, ${moment(m.approval.at)}`],
      ])),
    m.topics.length ? card(t('meeting.inputs'), h('p', { class: 'muted' }, t('meeting.inputs.intro')), h('div', { class: 'questions' }, m.topics.map(x => topic(path, m, x)))) : null,
    m.agenda.length ? card(t('meeting.agenda'), h('ul', { class: 'list' }, m.agenda.map(p => h('li', null, h('div', null, h('strong', null, local(p.title)), (p.lines ?? []).map(s => h('p', { class: 'small' }, local(s)))))))) : null,
    m.minutes ? card(t('meeting.minutes'), Object.entries(m.minutes.notes ?? {}).map(([k, v]) => h('p', null, h('strong', null, topicName(m, k)), ' ', v)), m.minutes.conclusion ? h('p', null, h('strong', null, t('meeting.conclusion')), ' ', m.minutes.conclusion) : null) : null,
    m.decided.length ? card(t('meeting.decisions'), table(t('meeting.decisions'), [
      { title: t('meeting.decision'), cell: d => d.what }, { title: t('action.owner'), cell: d => personName(d.owner) }, { title: t('common.due'), cell: d => due(d.due, d.status === 'open' && d.due < today()) }, { title: t('plan.state'), cell: d => badge(word('decision', d.status), d.status === 'open' ? 'info' : 'ok') },
      { title: t('common.actions'), cell: d => (d.status === 'open' && may('CompleteMeetingDecision') && m.possible.includes('complete-decision') ? button(t('meeting.do.complete'), () => formDialog(t('meeting.do.complete'), { intro: d.what, fields: [{ name: 'note', label: t('meeting.do.complete.note'), type: 'area', required: true }], done: t('common.done'), submit: v => post(`${path}/decisions/${d.id}/complete`, v, { ifMatch: etag }) }), { kind: 'small' }) : '') },
    ], m.decided)) : null,
    card(t('audit.documents'), evidenceTable(t('audit.documents'), filed, t('audit.documents.none'))),
    card(t('common.history'), logTable(m.log, 'meetingAct', personName)),
  ];
}

const topicName = (m, key) => local(m.topics.find(x => x.topic === key)?.name) || local(m.agenda.find(p => p.key === key)?.title) || key;

function topic(path, m, x) {
  return h('details', { class: 'question' }, h('summary', null, h('span'), h('span', null, local(x.name)), x.isMissing ? badge(t('meeting.topic.missing'), 'warn') : badge(t('meeting.topic.there'), 'ok')),
    h('div', { class: 'question-body' },
      x.inputs.map(i => h('div', null, h('h3', null, local(i.title)), i.sentences.map(s => h('p', null, local(s))), i.gap ? h('p', { class: 'note' }, local(i.gap)) : null, i.evidence.length ? evidenceLinks(i.evidence) : null)),
      x.contributions.map(c => h('p', null, c.text ?? t('meeting.topic.nothing'), ' ', h('span', { class: 'small muted' }, personName(c.by)))),
      m.possible.includes('add') && may('AddReviewInput') ? h('p', null, button(t('meeting.do.input'), () => formDialog(local(x.name), {
        draft: `${m.id}.${x.topic}`, done: t('common.done'), fields: [{ name: 'text', label: t('meeting.do.input.text'), type: 'area', required: true, maxLength: 4000 }], submit: v => post(`reviews/${m.id}/inputs`, { topic: x.topic, ...v }),
      }), { kind: 'small', name: `input-${x.topic}` })) : null));
}

function commands(path, m, etag) {
  const can = (name, needs) => m.possible.includes(name) && may(needs);
  const form = (name, fields, { convert = v => v, kind = '', wide } = {}) => button(t(`meeting.do.${name}`), () => formDialog(t(`meeting.do.${name}`), { action: t('common.send'), done: t('common.done'), draft: `${m.id}.${name}`, fields, wide, submit: v => post(`${path}/${name}`, convert(v), { ifMatch: etag }) }), { name, kind });
  const appointment = m.appointment ?? m.proposed ?? {};
  const invited = appointment.invitees ?? [];
  const comment = { name: 'comment', label: t('common.comment'), type: 'area' };
  const minutes = [
    { name: 'conclusion', label: t('meeting.conclusion'), type: 'area', value: m.minutes?.conclusion, maxLength: 4000 },
    ...(m.topics.length ? m.topics.map(x => ({ name: `note.${x.topic}`, label: local(x.name), type: 'area', rows: 2, value: m.minutes?.notes?.[x.topic] })) : m.agenda.map(p => ({ name: `note.${p.key}`, label: local(p.title), type: 'area', rows: 2, value: m.minutes?.notes?.[p.key] }))),
    ...[1, 2, 3].flatMap(n => [{ name: `what${n}`, label: t('meeting.decision.number', n), type: 'area', rows: 2 }, { name: `who${n}`, label: t('action.owner'), type: 'select', options: options(people()) }, { name: `due${n}`, label: t('common.due'), type: 'date' }]),
  ];
  const written = v => {
    const notes = Object.fromEntries(Object.entries(v).filter(([k]) => k.startsWith('note.')).map(([k, x]) => [k.slice(5), x]));
    const decisions = [1, 2, 3].filter(n => v[`what${n}`]).map(n => ({ kind: v.kind ?? 'improvement', what: v[`what${n}`], owner: v[`who${n}`] ?? session.me.id, due: v[`due${n}`] }));
    return { conclusion: v.conclusion, ...(Object.keys(notes).length ? { notes } : {}), ...(decisions.length ? { decisions } : {}) };
  };
  const attend = { name: 'attendees', label: t('meeting.attendees'), type: 'checks', options: options(people()), value: m.minutes?.attendees ?? invited };
  return [
    can('schedule', 'ScheduleMeeting') && form('schedule', [{ name: 'date', label: t('meeting.date'), type: 'date', required: true, value: appointment.date }, { name: 'time', label: t('meeting.time'), type: 'time', value: appointment.time?.slice(0, 5) }, { name: 'place', label: t('meeting.place'), value: appointment.place }, ...(m.appointment ? [{ name: 'reason', label: t('common.reason') }] : [])], { convert: v => ({ ...v, ...(v.time ? { time: `${v.time}:00` } : {}) }) }),
    can('hold', 'HoldMeeting') && form('hold', [attend, { name: 'date', label: t('meeting.date'), type: 'date', value: appointment.date && appointment.date < today() ? appointment.date : today() }, { name: 'place', label: t('meeting.place'), value: appointment.place }, ...minutes], { kind: 'primary', wide: true, convert: v => ({ attendees: v.attendees ?? [], date: v.date, place: v.place, ...written(v) }) }),
    can('minutes', 'WriteMeetingMinutes') && form('minutes', minutes, { wide: true, convert: written }),
    can('submit', 'SubmitMeetingMinutes') && form('submit', [comment], { kind: 'primary' }),
    can('approve', 'ApproveMeetingMinutes') && form('approve', [comment], { kind: 'primary' }),
    can('return', 'ReturnMeetingMinutes') && form('return', [{ ...comment, required: true }]),
    can('cancel', 'CancelMeeting') && form('cancel', [{ name: 'reason', label: t('common.reason'), type: 'area', required: true }]),
  ].filter(Boolean);
}

