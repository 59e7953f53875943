// What pages are made of.

import { h, icon, replace } from './dom.js';
import { date, local, moment, number, t, word } from './i18n.js';
import { Problem } from './api.js';

let serial = 0;
export const uid = prefix => `${prefix}-${++serial}`;

export function announce(text, urgent = false) {
  const region = document.getElementById(urgent ? 'assertive' : 'polite');
  region.textContent = '';
  // A region that gets the same text twice is read once only, unless it was empty in between.
  requestAnimationFrame(() => { region.textContent = text; });
}

export function toast(text) {
  document.querySelector('.toast')?.remove();
  const note = h('div', { class: 'toast' }, icon('check'), h('span', null, text));
  document.body.append(note);
  announce(text);
  setTimeout(() => note.remove(), 5000);
}

export const TONES = {
  open: 'info', returned: 'warn', submitted: 'info', approved: 'ok', done: 'ok', waived: 'neutral', carriedOver: 'warn', scheduled: 'neutral', overdue: 'bad',
  complete: 'ok', partial: 'warn', running: 'info', completed: 'ok', failed: 'bad', closed: 'ok', cancelled: 'neutral', queued: 'neutral', sent: 'ok', undeliverable: 'bad',
  met: 'ok', nearlyMet: 'warn', notMet: 'bad', notMeasured: 'neutral', implemented: 'ok', partly: 'warn', planned: 'info', notImplemented: 'bad',
};

export const badge = (text, tone = 'neutral') => h('span', { class: `badge ${tone}` }, text);
export const stateBadge = (kind, state) => badge(word(kind, state), TONES[state] ?? 'neutral');
export const overdueBadge = () => badge(t('state.overdue'), 'bad');
export const due = (day, late) => (day ? h('span', { class: late ? 'late' : undefined }, date(day), late ? [' ', overdueBadge()] : null) : '–');

export const link = (href, ...children) => h('a', { href }, ...children);
export const button = (text, onclick, { kind = '', name, ...rest } = {}) => h('button', { type: 'button', class: kind, onclick, 'data-name': name, ...rest }, text);

export const pageHead = (title, { intro, actions, back } = {}) => h('header', { class: 'page-head' },
  back ? h('p', { class: 'back' }, link(back.href, `‹ ${back.text}`)) : null,
  h('div', { class: 'page-title' }, h('h1', { tabindex: '-1' }, title), actions?.length ? h('div', { class: 'actions' }, actions) : null),
  intro ? h('p', { class: 'intro' }, intro) : null);

export const card = (title, ...children) => {
  const id = uid('card');
  return h('section', { class: 'card', 'aria-labelledby': title ? id : undefined }, title ? h('h2', { id }, title) : null, ...children);
};

export const facts = rows => h('dl', { class: 'facts' }, rows.filter(r => r && r[1] !== undefined && r[1] !== null && r[1] !== '').map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
export const empty = (title, hint, ...actions) => h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), hint ? h('p', null, hint) : null, actions);
export const busy = () => h('div', { class: 'busy', role: 'status' }, h('span', { class: 'visually-hidden' }, t('common.loading')), h('i'), h('i'), h('i'));

// More rows than anybody reads at once; drawing thousands would keep the page waiting.
const MOST_ROWS = 150;

/**
 * A table. Columns: { title, cell, numeric, wide }. On a phone each row becomes a block, whose cells say what they are. A long one shows its first rows, and more of them
 * when asked.
 */
export function table(caption, columns, rows, { whenEmpty, emptyHint, rowClass, visible = false } = {}) {
  if (rows.length === 0) return empty(whenEmpty ?? t('common.nothing'), emptyHint);
  const body = h('tbody');
  const rest = h('p', { class: 'small', role: 'status' });
  const more = () => {
    const first = body.children.length;
    body.append(...rows.slice(first, first + MOST_ROWS).map(row => rowOf(columns, row, rowClass)));
    replace(rest, ...(body.children.length < rows.length ? [t('table.shown', number(body.children.length), number(rows.length)), ' ', button(t('common.more'), () => { more(); body.children[first + MOST_ROWS]?.querySelector('a, button')?.focus(); }, { kind: 'small', name: 'more-rows' })] : []));
  };
  more();
  return h('div', { class: 'table-wrap' }, h('table', null,
    h('caption', { class: visible ? undefined : 'visually-hidden' }, caption),
    h('thead', null, h('tr', null, columns.map(c => h('th', { scope: 'col', class: c.numeric ? 'numeric' : undefined }, c.title)))),
    body), rows.length > MOST_ROWS ? rest : null);
}

const rowOf = (columns, row, rowClass) => h('tr', { class: rowClass?.(row) || undefined }, columns.map((c, index) => h(index === 0 ? 'th' : 'td', {
      scope: index === 0 ? 'row' : undefined, class: c.numeric ? 'numeric' : undefined, 'data-label': c.title,
    }, h('span', null, c.cell(row)))));

/** What the API refused, and what to do about it. */
export function problemBox(problem, ...actions) {
  const known = problem instanceof Problem;
  if (!known) console.error(problem);
  const list = known ? (problem.errors ?? []).map(e => h('li', null, e.title, e.remedy ? h('span', { class: 'remedy' }, ' ', e.remedy) : null)) : [];
  return h('div', { class: 'problem', role: 'alert', tabindex: '-1' },
    h('p', { class: 'problem-title' }, icon('warning'), known ? problem.title : t('problem.portal')),
    h('p', null, known ? problem.detail : t('problem.portal.remedy')),
    list.length ? h('ul', null, list) : null,
    actions.length ? h('div', { class: 'actions' }, actions) : null);
}

/** Runs what a button stands for; the button is off meanwhile, and a refusal is shown in a dialog. */
export async function run(trigger, work, { done } = {}) {
  trigger?.setAttribute('aria-busy', 'true');
  if (trigger) trigger.disabled = true;
  try {
    const result = await work();
    if (done) toast(done);
    return result;
  } catch (problem) {
    showProblem(problem);
    return undefined;
  } finally {
    trigger?.removeAttribute('aria-busy');
    if (trigger) trigger.disabled = false;
  }
}

export function showProblem(problem) {
  const stale = problem instanceof Problem && problem.isStale;
  const box = dialog(stale ? t('problem.changed') : t('problem.refused'), close => [
    problemBox(problem),
    h('div', { class: 'dialog-actions' },
      stale ? button(t('common.reload'), () => { close(); window.dispatchEvent(new Event('isms:refresh')); }, { kind: 'primary' }) : null,
      button(t('common.close'), close)),
  ]);
  return box;
}

export function dialog(title, build, { wide = false } = {}) {
  const id = uid('dialog');
  const before = document.activeElement;
  const box = h('dialog', { class: wide ? 'wide' : undefined, 'aria-labelledby': id });
  const close = () => { box.close(); };
  box.addEventListener('close', () => { box.remove(); if (before?.isConnected) before.focus(); });
  box.append(h('div', { class: 'dialog-head' }, h('h2', { id }, title), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('common.close'), onclick: close }, icon('close'))),
    h('div', { class: 'dialog-body' }, build(close)));
  document.body.append(box);
  box.showModal();
  return box;
}

/** A labelled control: { name, label, type, options, required, help, value, rows, multiple }. */
export function field(f) {
  const id = uid('field');
  const help = f.help ? `${id}-help` : undefined;
  const common = { id, name: f.name, required: f.required, 'aria-describedby': help };
  if (f.type === 'checks') {
    const chosen = new Set(f.value ?? []);
    return h('fieldset', { class: 'field checks' }, h('legend', null, f.label), f.help ? h('p', { id: help, class: 'help' }, f.help) : null,
      h('div', { class: 'check-list' }, f.options.map(o => h('label', null, h('input', { type: 'checkbox', name: f.name, value: o.value, checked: chosen.has(o.value), 'data-list': 'true' }), ' ', o.text))));
  }
  if (f.type === 'check') return h('div', { class: 'field' }, h('label', { class: 'check' }, h('input', { ...common, type: 'checkbox', checked: f.value === true }), ' ', f.label), f.help ? h('p', { id: help, class: 'help' }, f.help) : null);
  const control = f.type === 'select'
    ? h('select', { ...common, value: f.value ?? '' }, f.required && f.value ? null : h('option', { value: '' }, f.none ?? t('common.choose')), f.options.map(o => h('option', { value: o.value }, o.text)))
    : f.type === 'area'
      ? h('textarea', { ...common, rows: f.rows ?? 4, maxlength: f.maxLength, value: f.value ?? '' })
      : h('input', { ...common, type: f.type ?? 'text', maxlength: f.maxLength, min: f.min, max: f.max, step: f.step, accept: f.accept, multiple: f.multiple, ...(f.type === 'file' ? {} : { value: f.value ?? '' }) });
  return h('div', { class: 'field' },
    h('label', { for: id }, f.label, f.required ? h('span', { class: 'required' }, t('common.required')) : null),
    f.help ? h('p', { id: help, class: 'help' }, f.help) : null, control);
}

export function valuesOf(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || control.type === 'file' || (control.type === 'radio' && !control.checked)) continue;
    if (control.dataset.list) (values[control.name] ??= []).push(...(control.checked ? [control.value] : []));
    else if (control.type === 'checkbox') values[control.name] = control.checked;
    else if (control.value !== '') values[control.name] = control.type === 'number' ? Number(control.value) : control.value;
  }
  return values;
}

const draftKey = name => `isms.draft.${name}`;
export const readDraft = name => { try { return JSON.parse(localStorage.getItem(draftKey(name)) ?? 'null'); } catch { return null; } };
export const writeDraft = (name, values) => localStorage.setItem(draftKey(name), JSON.stringify(values));
export const dropDraft = name => localStorage.removeItem(draftKey(name));

/**
 * A form in a dialog. What is typed survives closing, leaving and reloading until it was sent (`draft`). A refusal is shown in the form, beside what was typed.
 * `submit(values, form)` sends it.
 */
export function formDialog(title, { intro, fields, submit, draft, action, done, danger = false, wide = false, whenStale }) {
  const saved = draft ? readDraft(draft) : null;
  const shown = fields.map(f => (saved && f.name in saved && f.type !== 'file' ? { ...f, value: saved[f.name] } : f));
  return dialog(title, close => {
    const refusal = h('div');
    const send = h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, action ?? t('common.send'));
    const form = h('form', {
      novalidate: false,
      oninput: () => draft && writeDraft(draft, valuesOf(form)),
      onsubmit: async event => {
        event.preventDefault();
        send.disabled = true;
        replace(refusal);
        try {
          await submit(valuesOf(form), form);
          if (draft) dropDraft(draft);
          close();
          if (done) toast(done);
          window.dispatchEvent(new Event('isms:refresh'));
        } catch (problem) {
          const stale = problem instanceof Problem && problem.isStale;
          const meanwhile = stale && whenStale ? await whenStale().catch(() => undefined) : undefined;
          replace(refusal, problemBox(problem, ...(meanwhile ? [meanwhile] : []), ...(stale ? [button(t('common.reload'), () => { close(); window.dispatchEvent(new Event('isms:refresh')); })] : [])));
          refusal.firstChild.focus();
          markField(form, problem);
        } finally {
          send.disabled = false;
        }
      },
    }, intro ? h('p', { class: 'intro' }, intro) : null, saved ? h('p', { class: 'note' }, t('common.draft')) : null, shown.map(field), refusal,
    h('div', { class: 'dialog-actions' }, button(t('common.cancel'), close), send));
    return form;
  }, { wide });
}

function markField(form, problem) {
  for (const control of form.elements) control.removeAttribute?.('aria-invalid');
  const at = problem.field && [...form.elements].find(c => c.name === problem.field);
  at?.setAttribute('aria-invalid', 'true');
}

/** Tabs whose choice is a part of the address, so that they can be linked and come back to. */
export const tabs = (label, items, chosen) => h('nav', { class: 'tabs', 'aria-label': label }, items.map(i => h('a', { href: i.href, 'aria-current': i.id === chosen ? 'page' : undefined }, i.text, i.count === undefined ? null : h('span', { class: 'count' }, i.count))));

/** The way of a workflow: where it has been, is, and will go. */
export const steps = (label, names, present) => h('ol', { class: 'steps', 'aria-label': label }, names.map((n, index) => h('li', {
  class: index < present ? 'past' : index === present ? 'now' : undefined, 'aria-current': index === present ? 'step' : undefined,
}, n)));

export const logTable = (rows, kind, name) => table(t('common.history'), [
  { title: t('common.when'), cell: r => moment(r.at) },
  { title: t('common.what'), cell: r => word(kind, r.what ?? r.act) },
  { title: t('common.who'), cell: r => name(r.by ?? r.actor) + (r.onBehalfOf ? ` (${t('common.onBehalfOf', name(r.onBehalfOf))})` : '') },
  { title: t('common.comment'), cell: r => r.comment ?? (r.due ? t('common.dueOn', date(r.due)) : '') },
], [...rows].reverse());

export const options = (items, text) => items.map(i => ({ value: i.id ?? i, text: text ? text(i) : local(i.name) }));
export const filterBar = (...controls) => h('form', { class: 'filters', onsubmit: e => e.preventDefault() }, controls);
