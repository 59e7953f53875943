// The registers: assets, risks, the statement of applicability, documents … as grids that can be edited, imported and exported.

import { h, icon } from '../core/dom.js';
import { all, get, post, put, query, read, remove, saveFile } from '../core/api.js';
import { date, local, moment, number, t, word } from '../core/i18n.js';
import { badge, button, card, dialog, empty, facts, field, filterBar, formDialog, link, options, pageHead, run, table } from '../core/ui.js';
import { departmentName, departments, may, people, personName, session } from '../core/session.js';

const MOST_COLUMNS = 6;

export async function registers() {
  const { items } = await get('registers');
  const samples = items.some(r => r.samples > 0);
  return [
    pageHead(t('nav.registers'), {
      intro: t('registers.intro'), actions: [may('LoadSampleRegisters') && (samples
        ? button(t('registers.sample.remove'), e => run(e.target, async () => { await remove('registers/sample'); window.dispatchEvent(new Event('isms:refresh')); }, { done: t('common.done') }))
        : button(t('registers.sample'), e => run(e.target, async () => { await post('registers/sample'); window.dispatchEvent(new Event('isms:refresh')); }, { done: t('common.done') })))].filter(Boolean),
    }),
    card(undefined, table(t('nav.registers'), [
      { title: t('register'), cell: r => link(`#/registers/${r.name}`, local(r.title)) }, { title: t('register.entries'), numeric: true, cell: r => number(r.entries) }, { title: t('register.samples'), numeric: true, cell: r => (r.samples ? badge(number(r.samples), 'warn') : '') },
    ], items)),
  ];
}

const shown = (f, value) => {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) return value.map(v => shown(f, v)).join(', ');
  if (f.type === 'choice') return local(f.choices.find(c => c.value === value)?.title) || String(value);
  if (f.type === 'person') return personName(value);
  if (f.type === 'department') return departmentName(value);
  if (f.type === 'date') return date(value);
  if (f.type === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return typeof value === 'number' ? number(value) : String(value);
};

export async function register(context) {
  const { name } = context.params;
  const { items } = await get('registers');
  const definition = items.find(r => r.name === name)?.definition;
  if (!definition) return [pageHead(name, { back: { href: '#/registers', text: t('nav.registers') } }), empty(t('common.nothing'))];
  const entries = (await all(`registers/${name}?top=200`)).filter(e => !e.isDeleted);
  const columns = definition.fields.filter(f => f.type !== 'longText').slice(0, MOST_COLUMNS);
  const wanted = { text: '' };
  const grid = h('div');
  const show = () => {
    const found = entries.filter(e => !wanted.text || JSON.stringify(e.values).toLowerCase().includes(wanted.text.toLowerCase()) || e.id.toLowerCase().includes(wanted.text.toLowerCase()));
    grid.replaceChildren(h('p', { class: 'small muted', role: 'status' }, t('register.count', found.length, entries.length)), table(local(definition.title), [
      { title: t('register.id'), cell: e => h('a', { class: 'id', href: `#/registers/${name}/${e.id}` }, e.id) },
      ...columns.map(f => ({ title: local(f.title), numeric: ['integer', 'number'].includes(f.type), cell: e => shown(f, e.values[f.name]) })),
      ...(may('ChangeRegisterEntry') ? [{ title: t('common.actions'), cell: e => button([t('register.edit'), h('span', { class: 'visually-hidden' }, ` ${e.id}`)], x => run(x.currentTarget, () => edit(definition, e.id)), { kind: 'small', name: `edit-${e.id}` }) }] : []),
    ], found, { whenEmpty: t('register.none'), emptyHint: t('register.none.hint') }));
  };
  const bar = filterBar(field({ name: 'text', label: t('common.search'), type: 'search' }));
  bar.addEventListener('input', e => { wanted.text = e.target.value; show(); });
  show();
  return [
    pageHead(local(definition.title), {
      back: { href: '#/registers', text: t('nav.registers') }, actions: [
        may('CreateRegisterEntry') && button(t('register.new'), () => entryForm(definition), { kind: 'primary', name: 'new-entry' }),
        button([icon('download'), 'Excel'], e => run(e.currentTarget, () => saveFile(`registers/${name}/export?format=xlsx`, `${name}.xlsx`))), button([icon('download'), 'CSV'], e => run(e.currentTarget, () => saveFile(`registers/${name}/export?format=csv`, `${name}.csv`))),
        may('ImportRegister') && button(t('register.import'), () => importFile(name), { name: 'import' }),
      ].filter(Boolean),
    }),
    card(undefined, bar, grid),
  ];
}

const controlOf = (f, value) => {
  const common = { name: f.name, label: local(f.title), required: f.isRequired, help: f.help && local(f.help), value, maxLength: f.maxLength };
  if (f.isList) return f.type === 'choice' ? { ...common, type: 'checks', options: f.choices.map(c => ({ value: c.value, text: local(c.title) })) } : { ...common, value: (value ?? []).join(', '), help: t('upload.lists'), maxLength: undefined };
  switch (f.type) {
    case 'choice': return { ...common, type: 'select', options: f.choices.map(c => ({ value: c.value, text: local(c.title) })) };
    case 'person': return { ...common, type: 'select', options: options(people()) };
    case 'department': return { ...common, type: 'select', options: options(departments()) };
    case 'site': return { ...common, type: 'select', options: options(session.organization?.sites ?? []) };
    case 'boolean': return { ...common, type: 'check', value: value === true };
    case 'integer': return { ...common, type: 'number', step: '1', min: f.minimum, max: f.maximum, maxLength: undefined };
    case 'number': return { ...common, type: 'number', step: 'any', min: f.minimum, max: f.maximum, maxLength: undefined };
    case 'date': return { ...common, type: 'date', maxLength: undefined };
    case 'longText': return { ...common, type: 'area', rows: 3 };
    default: return common;
  }
};

/** What is stored comes with its version: whoever writes over somebody else's change is told so, and keeps what they typed. */
async function edit(definition, id) {
  const { data, etag } = await read(`registers/${definition.name}/${encodeURIComponent(id)}`);
  entryForm(definition, data, etag);
}

function entryForm(definition, entry, etag) {
  const fields = definition.fields.filter(f => !f.isComputed && !entry?.masked?.includes(f.name));
  const whenStale = entry && (async () => changedMeanwhile(definition, entry, await read(`registers/${definition.name}/${encodeURIComponent(entry.id)}`)));
  formDialog(entry ? t('register.edit.title', entry.id) : t('register.new'), {
    wide: true, draft: `register.${definition.name}.${entry?.id ?? 'new'}.${entry?.revision ?? 0}`, done: t('common.done'), whenStale,
    fields: fields.map(f => controlOf(f, entry?.values[f.name])),
    submit: async given => {
      const values = {};
      for (const f of fields) {
        let value = given[f.name];
        if (f.isList && typeof value === 'string') value = value.split(/[,、]/).map(v => v.trim()).filter(Boolean);
        if (value !== undefined && !(Array.isArray(value) && value.length === 0) && !(f.type === 'boolean' && value === false && entry?.values[f.name] === undefined)) values[f.name] = value;
        else if (entry?.values[f.name] !== undefined) values[f.name] = null;
      }
      await (entry ? put(`registers/${definition.name}/${encodeURIComponent(entry.id)}`, { values }, etag) : post(`registers/${definition.name}`, { values }));
    },
  });
}

/** What somebody else has made of the entry since it was read: field by field, beside what was typed. */
function changedMeanwhile(definition, before, { data: now }) {
  const text = (f, values) => shown(f, values[f.name]) || '–';
  const changed = definition.fields.filter(f => text(f, before.values) !== text(f, now.values));
  return h('div', { class: 'changed' }, h('p', null, now.isDeleted ? t('register.stale.deleted', personName(now.changedBy)) : t('register.stale', personName(now.changedBy), moment(now.changedAt))),
    h('ul', null, changed.map(f => h('li', null, `${local(f.title)}: ${text(f, before.values)} → ${text(f, now.values)}`))));
}

function importFile(name) {
  formDialog(t('register.import'), {
    intro: t('register.import.intro'), action: t('register.import.preview'),
    fields: [
      { name: 'file', label: t('upload.file'), type: 'file', required: true, accept: '.xlsx,.csv' },
      { name: 'mode', label: t('register.import.mode'), type: 'select', required: true, value: 'merge', options: ['merge', 'replace'].map(value => ({ value, text: t(`register.import.${value}`) })) },
    ],
    submit: async (values, form) => {
      const file = form.elements.file.files[0];
      const { data } = await post(`registers/${name}/import${query({ format: file.name.endsWith('.csv') ? 'csv' : 'xlsx', mode: values.mode })}`, undefined, { bytes: await file.arrayBuffer() });
      previewImport(name, data);
    },
  });
}

function previewImport(name, p) {
  dialog(t('register.import.would'), close => [
    facts(['created', 'changed', 'deleted', 'restored', 'unchanged'].map(k => [t(`import.${k}`), number(p[k])])),
    p.errorCount ? h('div', { class: 'problem' }, h('p', { class: 'problem-title' }, t('import.errors', p.errorCount)), h('ul', null, p.errors.map(e => h('li', null, `${e.row ?? ''} ${e.field}: ${e.title} ${e.detail}`)))) : null,
    table(t('register.import.would'), [
      { title: t('import.row'), cell: c => c.row ?? '' }, { title: t('register.id'), cell: c => c.id }, { title: t('import.outcome'), cell: c => t(`import.${c.kind}`) }, { title: t('common.what'), cell: c => (c.fields ?? []).map(f => `${f.field ?? f.name}: ${f.before ?? ''} → ${f.after ?? ''}`).join(' / ') },
    ], p.changes, { whenEmpty: t('import.nothing') }),
    h('div', { class: 'dialog-actions' }, button(t('common.cancel'), close), p.errorCount === 0 && p.changes.length ? button(t('register.import.apply'), e => run(e.target, async () => {
      await post(`registers/${name}/imports/${p.id}/apply`);
      close();
      window.dispatchEvent(new Event('isms:refresh'));
    }, { done: t('common.done') }), { kind: 'primary' }) : null),
  ], { wide: true });
}

export async function entry({ params }) {
  const { name, id } = params;
  const [{ items }, { data: e, etag }, past] = await Promise.all([get('registers'), read(`registers/${name}/${encodeURIComponent(id)}`), get(`registers/${name}/${encodeURIComponent(id)}/history`)]);
  const { definition } = items.find(r => r.name === name);
  const title = e.values[definition.titleField] ?? id;
  const links = list => h('ul', { class: 'list' }, list.map(l => h('li', null, link(`#/registers/${l.register}/${l.id}`, `${l.id} ${l.title}`))));
  const named = new Map(definition.fields.map(f => [f.name, f]));
  return [
    pageHead(`${id} ${title}`, {
      back: { href: `#/registers/${name}`, text: local(definition.title) }, actions: [
        may('ChangeRegisterEntry') && !e.isDeleted && button(t('register.edit'), () => entryForm(definition, e, etag), { kind: 'primary', name: 'edit' }),
        may('DeleteRegisterEntry') && !e.isDeleted && button(t('register.delete'), () => formDialog(t('register.delete'), { intro: t('register.delete.intro', id), action: t('register.delete'), danger: true, fields: [], done: t('common.done'), submit: () => remove(`registers/${name}/${encodeURIComponent(id)}`, etag) }), { name: 'delete' }),
        may('RestoreRegisterEntry') && e.isDeleted && button(t('register.restore'), x => run(x.target, async () => { await post(`registers/${name}/${encodeURIComponent(id)}/restore`, {}, { ifMatch: etag }); window.dispatchEvent(new Event('isms:refresh')); }, { done: t('common.done') })),
      ].filter(Boolean),
    }),
    card(undefined, e.isSample ? h('p', null, badge(t('register.isSample'), 'warn')) : null, facts(definition.fields.map(f => [local(f.title), shown(f, e.values[f.name])]))),
    e.references?.length ? card(t('register.references'), links(e.references)) : null, e.referredToBy?.length ? card(t('register.referredTo'), links(e.referredToBy)) : null,
    card(t('common.history'), table(t('common.history'), [
      { title: t('common.when'), cell: x => moment(x.at) }, { title: t('common.who'), cell: x => personName(x.by) }, { title: t('common.what'), cell: x => word('import', x.kind) },
      { title: t('register.changes'), cell: x => (x.fields ?? x.changes ?? []).map(f => h('div', { class: 'small' }, `${local(named.get(f.field ?? f.name)?.title) || f.field || f.name}: ${f.before ?? '–'} → ${f.after ?? '–'}`)) },
    ], past.items ?? past.changes ?? past.history ?? [])),
  ];
}
