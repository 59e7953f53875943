// What shows each clause and each control, and how fresh it is.

import { h } from '../core/dom.js';
import { all, get, query } from '../core/api.js';
import { date, dayOf, local, number, t, word } from '../core/i18n.js';
import { badge, card, due, empty, link, pageHead, stateBadge, table, tabs, TONES } from '../core/ui.js';
import { evidenceLink } from '../core/evidence-parts.js';
import { departmentName, isStarted, may, personName, session, today } from '../core/session.js';
import { isDone } from './plan.js';

const FRESH_DAYS = 366;
const THEMES = [['5', 'organizational'], ['6', 'people'], ['7', 'physical'], ['8', 'technological']];
const ageOf = at => Math.floor((Date.parse(today()) - Date.parse(dayOf(at))) / 86400000);

/** A control's colour: excluded, without evidence, with old evidence, shown. */
function judge(control) {
  if (control.applicable === false) return { tone: 'neutral', word: t('coverage.excluded') };
  const newest = control.evidence?.[0];
  if (!newest) return { tone: 'bad', word: t('coverage.none') };
  const age = ageOf(newest.createdAt);
  return age > FRESH_DAYS ? { tone: 'warn', word: t('coverage.days', age) } : { tone: 'ok', word: t('coverage.days', age) };
}

export async function coverage(context) {
  const tab = context.query.tab ?? 'controls';
  const [statement, plan, year] = await Promise.all([
    get('statement-of-applicability'),
    may('GetYearPlan') ? get(`years/${session.year}/plan`) : undefined,
    isStarted() && may('GetYear') ? get(`years/${session.year}`) : undefined,
  ]);
  return [
    pageHead(t('nav.coverage'), { intro: t('coverage.intro') }),
    h('div', { class: 'tiles' }, [['applicable', ''], ['withEvidence', 'ok'], ['implemented', 'ok'], ['excluded', '']].map(([k, tone]) => h('div', { class: `tile ${tone}` }, h('b', null, number(statement[k])), h('span', null, t(`coverage.count.${k}`))))),
    plan ? tabs(t('nav.coverage'), [{ id: 'controls', text: t('coverage.controls'), href: '#/coverage?tab=controls' }, { id: 'clauses', text: t('coverage.clauses'), href: '#/coverage?tab=clauses' }, { id: 'gaps', text: t('coverage.gaps'), href: '#/coverage?tab=gaps' }], tab) : null,
    tab === 'clauses' && plan ? clauses(plan, year) : tab === 'gaps' ? gaps(statement) : controls(statement),
  ];
}

function controls(statement) {
  const legend = h('ul', { class: 'legend' }, [['ok', 'coverage.legend.fresh'], ['warn', 'coverage.legend.old'], ['bad', 'coverage.none'], ['neutral', 'coverage.excluded']].map(([tone, key]) => h('li', null, badge(t(key), tone))));
  return [card(t('coverage.controls'), statement.items.length === 0 ? empty(t('coverage.empty'), t('coverage.empty.hint'), link('#/registers', t('nav.registers'))) : [legend, THEMES.map(([prefix, theme]) => h('div', null, h('h3', null, t(`coverage.theme.${theme}`)),
    h('ul', { class: 'heat' }, statement.items.filter(c => c.control.startsWith(prefix + '.')).map(c => {
      const judged = judge(c);
      return h('li', null, h('a', { class: judged.tone, href: `#/coverage/${c.control}`, title: local(c.title) }, c.control, h('small', null, judged.word), h('span', { class: 'visually-hidden' }, local(c.title))));
    }))))])];
}

const gaps = statement => card(t('coverage.gaps'), h('p', { class: 'muted' }, t('coverage.gaps.intro')), table(t('coverage.gaps'), [
  { title: t('evidence.control'), cell: c => link(`#/coverage/${c.control}`, `A.${c.control} ${local(c.title)}`) }, { title: t('coverage.gap'), cell: c => c.gaps.map(g => h('div', null, local(g.title))) }, { title: t('action.owner'), cell: c => (c.owner ? personName(c.owner) : '–') },
], statement.items.filter(c => c.gaps.length), { whenEmpty: t('coverage.gaps.none') }));

function clauses(plan, year) {
  const states = new Map((year?.items ?? []).map(i => [i.id, i]));
  const byClause = new Map();
  for (const duty of plan.duties) for (const clause of duty.clauses) byClause.set(clause, [...(byClause.get(clause) ?? []), duty]);
  const rows = [...byClause].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([clause, duties]) => {
    const items = duties.flatMap(d => d.occurrences.map(o => states.get(o.item)).filter(Boolean));
    return { clause, duties, items, done: items.filter(i => isDone(i.state)).length, late: items.filter(i => i.overdue).length };
  });
  const tone = r => (r.late ? 'bad' : r.items.length && r.done === r.items.length ? 'ok' : r.done ? 'warn' : 'neutral');
  return card(t('coverage.clauses'), h('p', { class: 'muted' }, t('coverage.clauses.intro')),
    h('ul', { class: 'heat' }, rows.map(r => h('li', null, h('a', { class: tone(r), href: `#/clauses/${r.clause}` }, r.clause, h('small', null, `${r.done}/${r.items.length}`))))),
    table(t('coverage.clauses'), [
      { title: t('evidence.clause'), cell: r => link(`#/clauses/${r.clause}`, r.clause) }, { title: t('coverage.duties'), cell: r => r.duties.map(d => local(d.title)).join(' / ') },
      { title: t('coverage.progress'), numeric: true, cell: r => `${number(r.done)} / ${number(r.items.length)}` }, { title: t('state.overdue'), numeric: true, cell: r => (r.late ? badge(number(r.late), 'bad') : '0') },
      { title: t('evidence.title'), cell: r => link(`#/evidence?clause=${r.clause}`, t('coverage.see', r.clause)) },
    ], rows));
}

export async function control({ params }) {
  const statement = await get('statement-of-applicability');
  const c = statement.items.find(i => i.control === params.id);
  if (!c) return [pageHead(params.id, { back: { href: '#/coverage', text: t('nav.coverage') } }), empty(t('common.nothing'))];
  const questions = await auditQuestions(q => q.control === c.control);
  return [
    pageHead(`A.${c.control} ${local(c.title)}`, { back: { href: '#/coverage', text: t('nav.coverage') } }),
    card(t('coverage.decision'),
      h('p', null, c.applicable === false ? badge(t('coverage.excluded')) : [badge(t('coverage.applicable'), 'info'), ' ', c.implementation ? badge(word('implementation', c.implementation), TONES[c.implementation]) : null]),
      c.justification ? h('p', null, h('strong', null, t('coverage.why')), ' ', c.justification) : null, c.method ? h('p', null, h('strong', null, t('coverage.how')), ' ', c.method) : null,
      c.owner ? h('p', null, h('strong', null, t('coverage.answers')), ' ', personName(c.owner)) : null,
      c.gaps.length ? h('div', { class: 'problem' }, h('p', { class: 'problem-title' }, t('coverage.misses')), h('ul', null, c.gaps.map(g => h('li', null, local(g.title))))) : null),
    card(t('coverage.evidence'), c.evidence.length ? h('ul', { class: 'list' }, c.evidence.map(e => h('li', null, h('span', null, evidenceLink(e.id, local(e.title))), h('span', { class: 'small muted' }, date(dayOf(e.createdAt)))))) : empty(t('coverage.none')), h('p', { class: 'small' }, link(`#/evidence?control=${c.control}`, t('coverage.see', c.control)))),
    questionsCard(questions),
  ];
}

// As far back as evidence of a clause is looked for: what is older shows little of the present.
const RECENT_DAYS = 92;

/** One clause: what the plan does for it, what shows it, and what is likely to be asked. */
export async function clause({ params }) {
  const { id } = params;
  const from = new Date(Date.parse(today()) - RECENT_DAYS * 86400000).toISOString().slice(0, 10);
  const [plan, year, recent, questions] = await Promise.all([
    may('GetYearPlan') ? get(`years/${session.year}/plan`) : undefined, isStarted() && may('GetYear') ? get(`years/${session.year}`) : undefined,
    all('evidence' + query({ clause: id, from })), auditQuestions(q => q.clause === id || q.clause?.startsWith(`${id}.`)),
  ]);
  const states = new Map((year?.items ?? []).map(i => [i.id, i]));
  const items = (plan?.duties ?? []).filter(d => d.clauses.includes(id)).flatMap(d => d.occurrences.map(o => states.get(o.item)).filter(Boolean));
  const newest = [...recent].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, 10);
  const age = newest.length ? ageOf(newest[0].createdAt) : undefined;
  return [
    pageHead(t('coverage.clause', id), { back: { href: '#/coverage?tab=clauses', text: t('coverage.clauses') } }),
    card(t('coverage.evidence'), h('p', null, badge(age === undefined ? t('coverage.none.recent', RECENT_DAYS) : t('coverage.days', age), age === undefined ? 'warn' : 'ok')),
      newest.length ? h('ul', { class: 'list' }, newest.map(e => h('li', null, h('span', null, evidenceLink(e.id, local(e.title))), h('span', { class: 'small muted' }, date(dayOf(e.createdAt)))))) : null, h('p', { class: 'small' }, link(`#/evidence?clause=${id}`, t('coverage.see', id)))),
    plan ? card(t('coverage.duties'), table(t('coverage.duties'), [
      { title: t('plan.item'), cell: i => link(`#/plan/${i.id}`, local(i.title)) }, { title: t('common.due'), cell: i => due(i.dueOn, i.overdue) }, { title: t('plan.state'), cell: i => stateBadge('state', i.state) },
    ], items)) : null,
    questionsCard(questions),
  ];
}

const MOST_QUESTIONS = 8;
const questionsCard = ({ audit, list }) => (list.length ? card(t('coverage.questions'), h('ul', { class: 'list' }, list.slice(0, MOST_QUESTIONS).map(q => h('li', null,
  h('span', null, local(q.text), ' ', h('span', { class: 'muted small' }, local(q.askFor))), h('span', { class: 'small' }, departmentName(q.department), q.answer ? [' ', badge(word('result', q.answer.answer.result), 'info')] : null)))),
h('p', { class: 'small' }, link(`#/audits/${audit}?tab=checklist`, t('coverage.questions.of', audit)))) : null);

/** What an auditor is likely to ask: what the newest checklist asks. */
async function auditQuestions(isWanted) {
  const none = { audit: undefined, list: [] };
  if (!may('ListAudits')) return none;
  const items = await all('audits');
  if (items.length === 0) return none;
  const audit = await get(`audits/${items.at(-1).id}`);
  return { audit: audit.id, list: audit.checklist.filter(isWanted) };
}
