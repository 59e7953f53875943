// The organisation: its people, departments and dates; and setting it up for the first time.

import { h, replace } from '../core/dom.js';
import { get, post, put } from '../core/api.js';
import { date, language, local, t, word } from '../core/i18n.js';
import { badge, button, card, empty, facts, field, formDialog, link, pageHead, problemBox, run, table, toast, uid, valuesOf, writeDraft, readDraft, dropDraft } from '../core/ui.js';
import { departmentName, may, personName, session } from '../core/session.js';

const ROLES = ['topManagement', 'ismsManager', 'personInCharge', 'secretariat', 'departmentLead', 'internalAuditor', 'systemAdministrator', 'externalAuditor'];

export async function settings() {
  const o = session.organization;
  if (!o) return [pageHead(t('nav.settings')), card(undefined, empty(t('overview.start.setup'), undefined, may('PutOrganization') && h('a', { class: 'button', href: '#/setup' }, t('nav.setup'))))];
  const edits = may('PutOrganization');
  const c = o.certification;
  return [
    pageHead(t('nav.settings'), { intro: t('settings.intro') }),
    card(local(o.name), facts([[t('settings.timeZone'), o.timeZone], [t('settings.startMonth'), t('settings.month', o.fiscalYearStartMonth)], [t('settings.culture'), o.culture === 'en-US' ? 'English' : '日本語']]), edits ? h('p', null, button(t('settings.edit'), editNames, { kind: 'small', name: 'edit-names' })) : null),
    card(t('settings.certification'), c ? facts([[t('settings.body'), local(c.body)], [t('settings.scope'), local(c.scope)], [t('settings.number'), c.certificateNumber], [t('settings.validUntil'), date(c.validUntil)]]) : empty(t('settings.certification.none'))),
    card(t('settings.departments'), table(t('settings.departments'), [
      { title: t('common.department'), cell: d => local(d.name) }, { title: t('personRole.departmentLead'), cell: d => personName(d.leadId) },
      ...(edits ? [{ title: t('common.actions'), cell: d => button([t('register.edit'), h('span', { class: 'visually-hidden' }, ` ${local(d.name)}`)], () => editLead(d), { kind: 'small' }) }] : []),
    ], o.departments)),
    card(t('settings.people'), table(t('settings.people'), [
      { title: t('training.name'), cell: p => local(p.name) }, { title: t('common.department'), cell: p => departmentName(p.departmentId) }, { title: t('settings.roles'), cell: p => p.roles.map(r => word('personRole', r)).join(', ') }, { title: t('settings.until'), cell: p => (p.until ? date(p.until) : '') },
      ...(edits ? [{ title: t('common.actions'), cell: p => button([t('register.edit'), h('span', { class: 'visually-hidden' }, ` ${local(p.name)}`)], () => editPerson(p), { kind: 'small', name: `edit-${p.id}` }) }] : []),
    ], o.people), edits ? h('p', null, button(t('settings.person.new'), () => editPerson(), { name: 'new-person' })) : null),
  ];
}

/** Sends the settings as they were read, with one part changed. Another's change meanwhile is noticed by the version. */
async function change(part) {
  const { etag, ...present } = session.organization;
  await put('organization', { ...present, ...part }, etag);
  window.dispatchEvent(new Event('isms:settings'));
}

const editNames = () => formDialog(t('settings.edit'), {
  done: t('common.done'), fields: [{ name: 'ja', label: t('settings.name.ja'), required: true, value: session.organization.name.ja }, { name: 'en', label: t('settings.name.en'), required: true, value: session.organization.name.en }],
  submit: values => change({ name: values }),
});

const editLead = d => formDialog(local(d.name), {
  done: t('common.done'), fields: [{ name: 'leadId', label: t('personRole.departmentLead'), type: 'select', required: true, value: d.leadId, options: session.organization.people.map(p => ({ value: p.id, text: local(p.name) })) }],
  submit: values => change({ departments: session.organization.departments.map(x => (x.id === d.id ? { ...x, ...values } : x)) }),
});

const editPerson = p => formDialog(p ? local(p.name) : t('settings.person.new'), {
  done: t('common.done'), draft: `person.${p?.id ?? 'new'}`,
  fields: [
    ...(p ? [] : [{ name: 'id', label: t('settings.person.id'), required: true, help: t('settings.person.id.help') }]),
    { name: 'ja', label: t('settings.name.ja'), required: true, value: p?.name.ja }, { name: 'en', label: t('settings.name.en'), required: true, value: p?.name.en }, { name: 'mail', label: t('settings.mail'), type: 'email', required: true, value: p?.mail },
    { name: 'departmentId', label: t('common.department'), type: 'select', required: true, value: p?.departmentId, options: session.organization.departments.map(d => ({ value: d.id, text: local(d.name) })) },
    { name: 'roles', label: t('settings.roles'), type: 'checks', value: p?.roles, options: ROLES.map(value => ({ value, text: word('personRole', value) })) },
    { name: 'auditorQualifiedUntil', label: t('settings.qualified'), type: 'date', value: p?.auditorQualifiedUntil }, { name: 'until', label: t('settings.until'), type: 'date', value: p?.until },
  ],
  submit: ({ ja, en, ...values }) => {
    const person = { ...p, ...values, name: { ja, en }, roles: values.roles ?? [] };
    return change({ people: p ? session.organization.people.map(x => (x.id === p.id ? person : x)) : [...session.organization.people, person] });
  },
});

const SETUP = 'setup';
const peopleLine = (given = {}) => {
  const id = uid('line');
  const cell = (name, label, control) => h('td', { 'data-label': label }, h('span', null, Object.assign(control, { name: `${id}.${name}` })));
  const input = (name, label, type = 'text', value = '') => cell(name, label, h('input', { type, 'aria-label': label, value }));
  return h('tr', { 'data-line': id }, input('name', t('training.name'), 'text', given.name), input('mail', t('settings.mail'), 'email', given.mail), input('department', t('common.department'), 'text', given.department),
    cell('role', t('settings.roles'), h('select', { 'aria-label': t('settings.roles'), value: given.role ?? '' }, h('option', { value: '' }, t('common.choose')), ROLES.map(r => h('option', { value: r }, word('personRole', r))))));
};
const FIRST = ['topManagement', 'ismsManager', 'personInCharge', 'secretariat', 'departmentLead', 'internalAuditor', 'internalAuditor', 'systemAdministrator'];
const idOf = mail => mail.split('@')[0].toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** First use, in one page: the organisation, its people, the certificate; then what Graph allows, and the year. */
export async function setup() {
  if (session.organization) return setupDone();
  const saved = readDraft(SETUP) ?? {};
  const lines = h('tbody', null, (saved.people ?? FIRST.map(role => ({ role }))).map(peopleLine));
  const refusal = h('div');
  const read = () => ({ ...Object.fromEntries(Object.entries(valuesOf(form)).filter(([k]) => !k.includes('.'))), people: [...lines.children].map(tr => Object.fromEntries([...tr.querySelectorAll('input, select')].map(c => [c.name.split('.')[1], c.value]))) });
  const form = h('form', {
    oninput: () => writeDraft(SETUP, read()),
    onsubmit: async event => {
      event.preventDefault();
      replace(refusal);
      try {
        await put('organization', organizationOf(read()));
        dropDraft(SETUP);
        toast(t('common.done'));
        window.dispatchEvent(new Event('isms:settings'));
      } catch (problem) {
        replace(refusal, problemBox(problem));
        refusal.firstChild.focus();
      }
    },
  },
  card(t('setup.organization'), h('div', { class: 'two' }, field({ name: 'nameJa', label: t('settings.name.ja'), required: true, value: saved.nameJa }), field({ name: 'nameEn', label: t('settings.name.en'), required: true, value: saved.nameEn })),
    h('div', { class: 'two' }, field({ name: 'month', label: t('settings.startMonth'), type: 'number', min: 1, max: 12, required: true, value: saved.month ?? 4 }), field({ name: 'departments', label: t('settings.departments'), required: true, value: saved.departments, help: t('setup.departments.help') }))),
  card(t('settings.people'), h('p', { class: 'muted' }, t('setup.people.intro')), h('div', { class: 'table-wrap' }, h('table', null, h('caption', { class: 'visually-hidden' }, t('settings.people')), h('thead', null, h('tr', null, [t('training.name'), t('settings.mail'), t('common.department'), t('settings.roles')].map(x => h('th', { scope: 'col' }, x)))), lines)), h('p', null, button(t('setup.people.more'), () => lines.append(peopleLine()), { kind: 'small' }))),
  card(t('settings.certification'), h('p', { class: 'muted' }, t('setup.certification.intro')), h('div', { class: 'two' }, field({ name: 'body', label: t('settings.body'), value: saved.body }), field({ name: 'scope', label: t('settings.scope'), value: saved.scope }), field({ name: 'issuedOn', label: t('settings.issuedOn'), type: 'date', value: saved.issuedOn }), field({ name: 'validUntil', label: t('settings.validUntil'), type: 'date', value: saved.validUntil }))),
  refusal, h('p', null, h('button', { type: 'submit', class: 'primary' }, t('setup.save'))));
  form.className = 'setup';
  return [pageHead(t('nav.setup'), { intro: t('setup.intro') }), form];
}

function organizationOf(v) {
  const names = v.departments.split(/[,、]/).map(d => d.trim()).filter(Boolean);
  const departments = names.map((name, index) => ({ id: `d${index + 1}`, name: { ja: name, en: name } }));
  const found = new Map();
  for (const line of v.people.filter(p => p.name && p.mail)) {
    const id = idOf(line.mail);
    const known = found.get(id);
    if (known) known.roles.push(line.role);
    else found.set(id, { id, name: { ja: line.name, en: line.name }, mail: line.mail, departmentId: departments.find(d => d.name.ja === line.department)?.id ?? departments[0]?.id, roles: line.role ? [line.role] : [], ...(line.role === 'internalAuditor' ? { auditorQualifiedUntil: `${new Date().getFullYear() + 3}-03-31` } : {}) });
  }
  const people = [...found.values()];
  const leads = people.filter(p => p.roles.includes('departmentLead'));
  return {
    name: { ja: v.nameJa, en: v.nameEn }, fiscalYearStartMonth: v.month, culture: language() === 'en' ? 'en-US' : 'ja-JP', people,
    departments: departments.map(d => ({ ...d, leadId: (leads.find(p => p.departmentId === d.id) ?? leads[0] ?? people[0])?.id ?? '' })),
    ...(v.issuedOn && v.validUntil ? { certification: { body: { ja: v.body ?? '', en: v.body ?? '' }, scope: { ja: v.scope ?? '', en: v.scope ?? '' }, issuedOn: v.issuedOn, validUntil: v.validUntil } } : {}),
  };
}

async function setupDone() {
  const { items } = may('ListCollectors') ? await get('collectors') : { items: [] };
  const started = session.years.some(y => y.id === session.me.organization.fiscalYear);
  return [
    pageHead(t('nav.setup'), { intro: t('setup.next') }),
    card(t('setup.graph'), h('p', { class: 'muted' }, t('setup.graph.intro')), h('ul', { class: 'list' }, items.map(c => h('li', null, h('span', null, local(c.title)), c.lastRun ? badge(word('runState', c.lastRun.status), c.lastRun.status === 'completed' ? 'ok' : c.lastRun.status === 'failed' ? 'bad' : 'info') : badge(t('collectors.never'))))), h('p', null, link('#/collectors', t('nav.collectors')))),
    card(t('setup.year'), started ? h('p', null, badge(t('setup.year.started'), 'ok'), ' ', link('#/', t('nav.overview'))) : may('StartYear') ? h('p', null, button(t('overview.start.action', session.me.organization.fiscalYear), e => run(e.target, async () => { await post(`years/${session.me.organization.fiscalYear}/start`); window.dispatchEvent(new Event('isms:years')); }), { kind: 'primary', name: 'start-year' })) : h('p', null, t('overview.start.other'))),
  ];
}
