// Evidence as other pages show it: what was filed for something, and filing more.

import { h, icon } from './dom.js';
import { all, post, query } from './api.js';
import { local, moment, t, word } from './i18n.js';
import { badge, button, formDialog, link, table } from './ui.js';
import { may, personName } from './session.js';

export const evidenceLink = (id, text) => link(`#/evidence/${encodeURIComponent(id)}`, text ?? id);
export const evidenceLinks = ids => (ids?.length ? h('ul', { class: 'list small' }, ids.map(id => h('li', null, evidenceLink(id)))) : '–');

export const evidenceTable = (caption, items, whenEmpty) => table(caption, [
  { title: t('evidence.title'), cell: e => evidenceLink(e.id, local(e.title)) },
  { title: t('evidence.type'), cell: e => word('evidenceType', e.type) },
  { title: t('evidence.recorded'), cell: e => moment(e.createdAt) },
  { title: t('evidence.by'), cell: e => personName(e.createdBy) },
  { title: t('evidence.completeness'), cell: e => completeness(e) },
], items, { whenEmpty });

export const completeness = e => (e.completeness.status === 'complete' ? badge(t('evidence.complete'), 'ok') : badge(t('evidence.partial'), 'warn'));

/** What was filed for a workflow, newest first. */
export async function filedFor(subject) {
  const items = await all('evidence' + query({ subject, top: 100 }), { most: 300 });
  return items.reverse();
}

export const TYPES = ['policy', 'risk', 'training', 'operation', 'audit', 'management-review', 'improvement', 'incident', 'certification'];
export const typeOptions = () => TYPES.map(value => ({ value, text: word('evidenceType', value) }));

/** Files a document as evidence; nothing is sent before the person says so. */
export const uploadButton = (text, { subject, record, type, title, done } = {}) => may('UploadEvidence') && button([icon('evidence'), text], () => formDialog(text, {
  intro: t('upload.intro'),
  action: t('upload.action'),
  done: done ?? t('upload.done'),
  fields: [
    { name: 'file', label: t('upload.file'), type: 'file', required: true, multiple: true },
    { name: 'title', label: t('evidence.title'), required: true, value: title ?? '', maxLength: 200 },
    ...(type ? [] : [{ name: 'type', label: t('evidence.type'), type: 'select', options: typeOptions(), required: true }, { name: 'clauses', label: t('evidence.clauses'), help: t('upload.lists') }, { name: 'controls', label: t('evidence.controls'), help: t('upload.lists') }]),
  ],
  submit: async (values, form) => {
    const sent = new FormData();
    for (const file of form.elements.file.files) sent.append('file', file);
    for (const [name, value] of Object.entries({ type, subject, record, ...values })) if (value) sent.append(name, value);
    await post('evidence', undefined, { form: sent });
  },
}), { kind: 'small', name: `upload-${record ?? 'any'}` });

