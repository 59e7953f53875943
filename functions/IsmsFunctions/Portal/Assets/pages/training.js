// Training: who has to attend, and who did.

import { h } from '../core/dom.js';
import { all, post, read } from '../core/api.js';
import { date, local, number, t, word } from '../core/i18n.js';
import { badge, button, card, due, facts, formDialog, link, pageHead, table } from '../core/ui.js';
import { evidenceTable, filedFor } from '../core/evidence-parts.js';
import { departmentName, may, session, today } from '../core/session.js';

const tone = c => (c.overdue ? 'bad' : c.stage === 'closed' ? 'ok' : c.stage === 'cancelled' ? 'neutral' : 'info');

export async function trainings() {
  const list = await all(`trainings?fy=${session.year}`);
  return [
    pageHead(t('nav.training'), { intro: t('training.intro') }),
    card(undefined, table(t('nav.training'), [
      { title: t('training'), cell: c => link(`#/training/${c.id}`, local(c.title)) }, { title: t('evidence.type'), cell: c => word('trainingKind', c.kind) }, { title: t('common.stage'), cell: c => badge(local(c.stageName), tone(c)) },
      { title: t('plan.window'), cell: c => date(c.from) }, { title: t('common.due'), cell: c => due(c.due, c.overdue) }, { title: t('training.done'), numeric: true, cell: c => (c.outcome ? `${number(c.outcome.done)} / ${number(c.outcome.obliged)}` : '–') },
    ], list, { whenEmpty: t('training.none'), emptyHint: t('training.none.hint') })),
  ];
}

export async function training({ params }) {
  const path = `trainings/${encodeURIComponent(params.id)}`;
  const [{ data: c, etag }, participants, filed] = await Promise.all([read(path), may('ListTrainingParticipants') ? all(`${path}/participants`) : [], filedFor(params.id)]);
  const p = c.progress;
  const share = p.obliged ? Math.round((100 * p.done) / p.obliged) : 0;
  return [
    pageHead(local(c.title), { back: { href: '#/training', text: t('nav.training') }, actions: commands(path, c, etag) }),
    card(undefined, h('p', null, badge(local(c.stageName), tone(c)), ' ', h('span', { class: 'small' }, t('common.due'), ' ', due(c.due, c.overdue))),
      h('p', null, t('training.progress', number(p.done), number(p.obliged), share)), h('div', { class: 'bar ok', 'aria-hidden': 'true' }, h('i', { style: { width: `${share}%` } })),
      facts([[t('training.missing'), number(p.missing)], [t('training.failed'), number(p.failed)], [t('training.exempt'), number(p.exempt)], [t('training.passMark'), c.passMark], [t('plan.window'), date(c.from)]])),
    c.departments.length ? card(t('training.byDepartment'), table(t('training.byDepartment'), [
      { title: t('common.department'), cell: d => departmentName(d.department) || '–' }, { title: t('training.done'), numeric: true, cell: d => `${number(d.progress.done)} / ${number(d.progress.obliged)}` }, { title: t('training.missing'), numeric: true, cell: d => number(d.progress.missing) },
    ], c.departments)) : null,
    participants.length ? card(t('training.participants'), table(t('training.participants'), [
      { title: t('training.name'), cell: x => x.name }, { title: t('common.department'), cell: x => x.department ?? '–' }, { title: t('plan.state'), cell: x => badge(local(x.statusName), x.status === 'done' ? 'ok' : ['missing', 'failed', 'resultMissing'].includes(x.status) ? 'warn' : 'neutral') },
      { title: t('training.attendedOn'), cell: x => date(x.attendedOn ?? x.attended?.on ?? x.attendance?.attendedOn) },
      ...(c.possible.includes('mark') && may('MarkTrainingParticipant') ? [{ title: t('common.actions'), cell: x => button([t('training.mark'), h('span', { class: 'visually-hidden' }, ` ${x.name}`)], () => formDialog(t('training.mark'), {
        done: t('common.done'), fields: [{ name: 'attendedOn', label: t('training.attendedOn'), type: 'date', required: true, value: today() }, { name: 'score', label: t('training.score'), type: 'number', min: 0 }], submit: v => post(`${path}/participants/${encodeURIComponent(x.id)}/mark`, v),
      }), { kind: 'small' }) }] : []),
    ], participants)) : null,
    card(t('audit.documents'), evidenceTable(t('audit.documents'), filed, t('audit.documents.none'))),
  ];
}

function commands(path, c, etag) {
  const importing = c.possible.includes('import') && may('ImportTraining') && button(t('training.import'), () => formDialog(t('training.import'), {
    intro: t('training.import.intro'), fields: [{ name: 'file', label: t('upload.file'), type: 'file', required: true, accept: '.xlsx,.csv' }], done: t('common.done'),
    submit: async (values, form) => { const file = form.elements.file.files[0]; await post(`${path}/import?format=${file.name.endsWith('.csv') ? 'csv' : 'xlsx'}`, undefined, { bytes: await file.arrayBuffer() }); },
  }), { name: 'import' });
  const closing = c.possible.includes('close') && may('CloseTraining') && button(t('training.close'), () => formDialog(t('training.close'), { intro: t('training.close.intro'), fields: [{ name: 'reason', label: t('common.reason'), type: 'area' }], done: t('common.done'), submit: v => post(`${path}/close`, v, { ifMatch: etag }) }), { name: 'close' });
  return [importing, closing].filter(Boolean);
}

