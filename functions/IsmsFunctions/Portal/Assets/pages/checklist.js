// The form of one question: every change is saved on its own, and says so. What cannot be saved yet stays on this device until it can.

import { h, icon, replace } from '../core/dom.js';
import { post } from '../core/api.js';
import { date, language, local, time, t, word } from '../core/i18n.js';
import { announce, badge, button, dropDraft, field, readDraft, run, uid, valuesOf, writeDraft } from '../core/ui.js';
import { evidenceLink } from '../core/evidence-parts.js';
import { departmentName, personName } from '../core/session.js';

export const RESULTS = ['conforming', 'majorNonconformity', 'minorNonconformity', 'observation', 'opportunity', 'notApplicable'];
export const toneOf = result => ({ conforming: 'ok', majorNonconformity: 'bad', minorNonconformity: 'bad', observation: 'warn', opportunity: 'info' })[result] ?? 'neutral';
const PAUSE = 700;

export function questionForm(view, question, canAnswer, context, onSaved) {
  const draftName = `${view.id}.${question.id}`;
  const draft = canAnswer ? readDraft(draftName) : null;
  const given = { ...question.answer?.answer, ...draft };
  const state = h('p', { class: 'save-state', role: 'status' });
  const details = h('div', { class: 'question-body' });
  const attached = [...(given.evidence ?? [])];
  const evidence = h('ul', { class: 'list small' });
  const showEvidence = () => replace(evidence, attached.map(e => h('li', null, evidenceLink(e))));
  showEvidence();
  const header = [
    h('p', { class: 'small muted' }, [word('method', question.method), view.departments.length > 1 && departmentName(question.department), personName(question.auditor)].filter(Boolean).join(' · ')),
    h('p', { class: 'small' }, h('strong', null, t('checklist.askFor')), ' ', local(question.askFor)),
    question.evidence.length ? h('div', { class: 'small' }, h('strong', null, t('checklist.newest')), ' ', question.freshness ? badge(t(question.freshness.isStale ? 'checklist.stale' : 'checklist.fresh', date(question.freshness.newestOn)), question.freshness.isStale ? 'warn' : 'ok') : null, question.evidence.map(e => h('div', null, evidenceLink(e)))) : null,
  ];
  if (!canAnswer) {
    return h('div', { class: 'question-body' }, header, question.answer ? readOnly(question.answer) : h('p', { class: 'muted' }, t('checklist.unanswered')));
  }
  const form = h('form', { class: 'question-body', onsubmit: e => e.preventDefault() }, header, choices(question, given), details, state);
  const grade = () => form.elements.result?.value;
  const shape = () => {
    const isNonconformity = grade()?.endsWith('Nonconformity');
    details.querySelectorAll('[data-only="nonconformity"]').forEach(e => { e.hidden = !isNonconformity; });
    details.querySelectorAll('[data-only="finding"]').forEach(e => { e.hidden = !['majorNonconformity', 'minorNonconformity', 'observation', 'opportunity'].includes(grade()); });
  };
  replace(details,
    field({ name: 'note', label: t('checklist.note'), type: 'area', rows: 3, value: given.note, maxLength: 4000 }),
    h('div', { 'data-only': 'nonconformity', class: 'two' },
      field({ name: 'requirement', label: t('checklist.requirement'), type: 'area', rows: 2, value: given.requirement, help: t('checklist.requirement.help'), maxLength: 2000 }),
      field({ name: 'fact', label: t('checklist.fact'), type: 'area', rows: 2, value: given.fact, help: t('checklist.fact.help'), maxLength: 2000 })),
    h('div', { class: 'two' },
      field({ name: 'interviewee', label: t('checklist.interviewee'), value: given.interviewee, maxLength: 200 }),
      h('div', { 'data-only': 'finding' }, field({ name: 'urgency', label: t('finding.urgency'), type: 'select', value: given.urgency, none: t('checklist.urgency.proposed'), options: ['immediate', 'high', 'normal', 'low'].map(value => ({ value, text: word('urgency', value) })) }))),
    h('div', null, h('h3', null, t('checklist.evidence')), evidence, attachButton(view, question, id => { attached.push(id); showEvidence(); save(); })),
    field({ name: 'goodPoint', label: t('checklist.goodPoint'), type: 'check', value: given.goodPoint }));
  shape();

  let waiting;
  let sending = Promise.resolve();
  const say = (kind, text, ...more) => { state.className = `save-state ${kind}`; replace(state, text, ...more); };
  const answer = () => {
    const { result, ...values } = valuesOf(form);
    const isFinding = !['conforming', 'notApplicable'].includes(result);
    return { question: question.id, result, ...values, ...(isFinding ? {} : { urgency: undefined }), evidence: attached.length ? attached : undefined };
  };
  async function send() {
    if (!grade()) return say('', t('checklist.choose'));
    const sent = answer();
    const lacking = lackingIn(sent);
    if (lacking.length) return say('', t('checklist.lacking', lacking.map(l => t(`checklist.${l}`)).join(language() === 'ja' ? '・' : ', ')));
    say('', t('checklist.saving'));
    try {
      const { data } = await post(`audits/${view.id}/answers`, sent);
      dropDraft(draftName);
      say('saved', t('checklist.saved', time(new Date().toISOString())));
      onSaved({ answer: sent }, data.answered);
    } catch (problem) {
      say('failed', `${problem.title ?? t('problem.portal')} `, problem.detail ?? '', ' ', button(t('common.retry'), save, { kind: 'small' }));
      announce(problem.title ?? t('problem.portal'), true);
    }
    return undefined;
  }
  // One answer is sent after the other, so that a slow earlier one never overwrites a later one.
  const save = () => { clearTimeout(waiting); waiting = undefined; sending = sending.then(send); return sending; };
  form.addEventListener('input', event => {
    writeDraft(draftName, { ...valuesOf(form), evidence: attached });
    shape();
    clearTimeout(waiting);
    say('', t('checklist.typing'));
    waiting = setTimeout(save, event.target.type === 'radio' ? 0 : PAUSE);
  });
  context.whenLeaving(() => { if (waiting !== undefined) save(); });
  if (draft) say('', t('common.draft'));
  else if (question.answer) say('saved', question.answer.at ? t('checklist.savedBy', personName(question.answer.by), date(question.answer.at)) : '');
  return form;
}


/** What the API would miss (AnswerRules): asked for here at once, since somebody who is still typing is not wrong yet. */
function lackingIn(answer) {
  if (answer.result.endsWith('Nonconformity')) return [...['requirement', 'fact'].filter(name => !answer[name]?.trim()), ...(answer.evidence ? [] : ['evidence'])];
  return ['observation', 'opportunity', 'notApplicable'].includes(answer.result) && !answer.note?.trim() ? ['note'] : [];
}

function choices(question, given) {
  const group = uid('result');
  return h('fieldset', { class: 'choices' }, h('legend', null, t('checklist.result')), RESULTS.map(r => h('label', null, h('input', { type: 'radio', name: 'result', value: r, checked: given.result === r, id: `${group}-${r}` }), word('result', r))));
}

function readOnly({ answer, by, at }) {
  const line = (name, value) => (value ? h('p', null, h('strong', null, name), ' ', value) : null);
  return h('div', null, h('p', null, badge(word('result', answer.result), toneOf(answer.result)), ' ', h('span', { class: 'small muted' }, by ? `${personName(by)}, ${date(at)}` : '')),
    line(t('checklist.note'), answer.note), line(t('checklist.requirement'), answer.requirement), line(t('checklist.fact'), answer.fact), line(t('checklist.interviewee'), answer.interviewee),
    (answer.evidence ?? []).map(e => h('p', { class: 'small' }, evidenceLink(e))));
}

function attachButton(view, question, attached) {
  const input = h('input', { type: 'file', class: 'visually-hidden', tabindex: '-1', 'aria-label': t('checklist.attach') });
  const trigger = button([icon('evidence'), t('checklist.attach')], () => input.click(), { kind: 'small' });
  input.addEventListener('change', () => run(trigger, async () => {
    const form = new FormData();
    for (const file of input.files) form.append('file', file);
    const { data } = await post(`audits/${view.id}/questions/${question.id}/attachments`, undefined, { form });
    attached(data.evidence);
    input.value = '';
  }, { done: t('upload.done') }));
  return h('p', null, trigger, input);
}
