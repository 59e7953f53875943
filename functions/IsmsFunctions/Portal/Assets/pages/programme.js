// The audit programme: what the cycle's audits have looked at, what is left until when, and what the next one should look at.

import { h, icon } from '../core/dom.js';
import { get, saveFile } from '../core/api.js';
import { date, local, number, t, word } from '../core/i18n.js';
import { badge, button, card, empty, facts, link, pageHead, run, table, tabs } from '../core/ui.js';
import { departmentName, may } from '../core/session.js';
import { stageTone } from './audits.js';

const TONE = { audited: 'ok', planned: 'info', open: 'neutral', late: 'bad', notApplicable: 'neutral' };
const SUBJECTS = { department: 'departments', clause: 'clauses', control: 'controls' };

export async function programme(context) {
  const p = await get('audits/programme');
  const tab = context.query.tab in SUBJECTS ? context.query.tab : 'department';
  return [
    pageHead(t('nav.programme'), {
      intro: t('programme.intro', date(p.cycle.from), date(p.cycle.until)),
      actions: [button([icon('download'), 'Excel'], e => run(e.currentTarget, () => saveFile('audits/programme?format=xlsx', 'audit-programme.xlsx')), { name: 'programme-xlsx' })],
    }),
    card(t('programme.summary'), table(t('programme.summary'), [
      { title: t('programme.subject'), cell: s => t(`programme.${s.subject}`) },
      ...['audited', 'planned', 'open', 'late', 'notApplicable'].map(k => ({ title: word('covered', k), numeric: true, cell: s => (k === 'late' && s[k] ? badge(number(s[k]), 'bad') : number(s[k])) })),
    ], p.summary)),
    next(p.next),
    card(t('nav.audits'), table(t('nav.audits'), [
      { title: t('audit'), cell: a => (may('GetAudit') ? link(`#/audits/${a.id}`, a.id) : a.id) }, { title: t('common.stage'), cell: a => badge(local(a.stageName), stageTone(a.stage)) }, { title: t('audit.dates'), cell: a => `${date(a.from)} – ${date(a.to)}` },
      { title: t('common.departments'), cell: a => a.departments.map(departmentName).join(', ') }, { title: t('programme.clauses'), numeric: true, cell: a => number(a.clauses) }, { title: t('programme.controls'), numeric: true, cell: a => number(a.controls) },
      { title: t('programme.nonconformities'), numeric: true, cell: a => `${number(a.nonconformities)} / ${number(a.findings)}` },
    ], p.audits, { whenEmpty: t('audits.none') })),
    tabs(t('programme.subject'), Object.entries(SUBJECTS).map(([id, list]) => ({ id, text: t(`programme.${id}`), href: `#/programme?tab=${id}`, count: p[list].length })), tab),
    covered(p[SUBJECTS[tab]], tab),
  ];
}

function next(scope) {
  const names = (subject, ids) => (ids.length ? ids.map(id => (subject === 'department' ? departmentName(id) : subject === 'control' ? `A.${id}` : id)).join(', ') : undefined);
  const reasons = [...scope.reasons].map(r => ({ ...r, name: names(r.subject, [r.id]) }));
  return card(t('programme.next', scope.fiscalYear),
    scope.departments.length + scope.clauses.length + scope.controls.length === 0 ? empty(t('programme.next.none')) : [
      facts([[t('programme.auditsLeft'), number(scope.auditsLeft)], [t('programme.department'), names('department', scope.departments)]]),
      [['clause', scope.clauses], ['control', scope.controls]].map(([subject, ids]) => (ids.length ? h('p', { class: 'small' }, h('strong', null, t(`programme.${subject}`)), ' ', names(subject, ids)) : null)),
      h('details', null, h('summary', null, t('programme.why')), table(t('programme.why'), [
        { title: t('programme.subject'), cell: r => r.name }, { title: t('common.reason'), cell: r => word('proposal', r.reason) },
      ], reasons)),
    ]);
}

const covered = (subjects, tab) => card(t(`programme.${tab}`),
  tab === 'department' ? null : h('ul', { class: 'heat' }, subjects.map(s => h('li', null, h('a', { class: TONE[s.state], href: tab === 'control' ? `#/coverage/${s.id}` : `#/evidence?clause=${s.id}` }, s.id, h('small', null, word('covered', s.state)), h('span', { class: 'visually-hidden' }, local(s.title)))))),
  table(t(`programme.${tab}`), [
    { title: t(`programme.${tab}`), cell: s => `${tab === 'department' ? '' : tab === 'control' ? `A.${s.id} ` : `${s.id} `}${local(s.title)}` }, { title: t('plan.state'), cell: s => badge(word('covered', s.state), TONE[s.state]) },
    { title: t('programme.last'), cell: s => (s.lastAudit ? [date(s.lastAuditedOn), ' ', h('span', { class: 'small muted' }, s.lastAudit)] : '–') }, { title: t('programme.plannedOn'), cell: s => (s.plannedIn ? date(s.plannedOn) : '–') },
    { title: t('programme.coverBy'), cell: s => date(s.coverBy) }, { title: t('programme.focus'), cell: s => [...s.risks, ...s.findings].join(', ') },
  ], subjects));
