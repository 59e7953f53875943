// Access reviews: department by department, who keeps which right, many at a time.

import { h, icon, replace } from '../core/dom.js';
import { all, post, query, read, saveFile } from '../core/api.js';
import { date, dayOf, local, moment, number, t, word } from '../core/i18n.js';
import { badge, button, card, due, facts, field, filterBar, formDialog, link, logTable, pageHead, run, table } from '../core/ui.js';
import { evidenceLink, evidenceTable, filedFor } from '../core/evidence-parts.js';
import { may, personName, session } from '../core/session.js';

const TONE = { keep: 'ok', revoke: 'bad', change: 'warn' };

export async function accessReviews() {
  const list = await all('access-reviews' + query({ fy: session.year }));
  return [
    pageHead(t('nav.access'), { intro: t('access.intro'), actions: [may('StartAccessReview') && button(t('access.new'), () => formDialog(t('access.new'), {
      intro: t('access.new.intro'), action: t('access.new'), done: t('common.done'), fields: [{ name: 'signOffDue', label: t('common.due'), type: 'date' }], submit: async v => { location.hash = `#/access/${(await post('access-reviews', v)).data.id}`; },
    }), { kind: 'primary', name: 'new-review' })].filter(Boolean) }),
    card(undefined, table(t('nav.access'), [
      { title: t('access.review'), cell: r => link(`#/access/${r.id}`, r.id) }, { title: t('common.stage'), cell: r => badge(local(r.stageName), r.stage === 'closed' ? 'ok' : 'info') }, { title: t('common.due'), cell: r => due(r.due, r.overdue) },
      { title: t('access.sheets'), numeric: true, cell: r => `${number(r.sheets - r.openSheets)} / ${number(r.sheets)}` }, { title: t('access.rights'), numeric: true, cell: r => number(r.rights) }, { title: t('access.tasks'), numeric: true, cell: r => `${number(r.tasks - r.openTasks)} / ${number(r.tasks)}` },
    ], list, { whenEmpty: t('access.none'), emptyHint: t('access.none.hint') })),
  ];
}

export async function accessReview({ params }) {
  const path = `access-reviews/${encodeURIComponent(params.id)}`;
  const [{ data: r, etag }, filed] = await Promise.all([read(path), filedFor(params.id)]);
  const command = (name, needs, fields, kind = '') => r.possible.includes(name) && may(needs) && button(t(`access.do.${name}`), () => formDialog(t(`access.do.${name}`), { action: t(`access.do.${name}`), done: t('common.done'), fields, submit: v => post(`${path}/${name}`, v, { ifMatch: etag }) }), { name, kind });
  const reason = { name: 'reason', label: t('common.reason'), type: 'area', required: true };
  return [
    pageHead(`${t('access.review')} ${r.id}`, { back: { href: '#/access', text: t('nav.access') }, actions: [command('close', 'CloseAccessReview', [{ name: 'comment', label: t('common.comment'), type: 'area' }], 'primary'), command('cancel', 'CancelAccessReview', [reason])].filter(Boolean) }),
    card(undefined, h('p', null, badge(local(r.stageName), r.stage === 'closed' ? 'ok' : 'info'), r.due ? [' ', h('span', { class: 'small' }, t('common.due'), ' ', due(r.due, r.overdue))] : null),
      facts([[t('access.snapshot'), r.snapshot && evidenceLink(r.snapshot.evidence, moment(r.snapshot.at))], [t('access.rights'), number(r.rights)], [t('access.signOffDue'), date(r.signOffDue)], [t('audit.requestedBy'), `${personName(r.requestedBy)}, ${moment(r.requestedAt)}`]]),
      r.snapshot && !r.snapshot.complete ? h('p', { class: 'note' }, r.snapshot.gaps.join(' ')) : null),
    card(t('access.sheets'), table(t('access.sheets'), [
      { title: t('access.sheet'), cell: s => link(`#/access/${r.id}/${encodeURIComponent(s.id)}`, local(s.name)) }, { title: t('access.reviewers'), cell: s => s.reviewers.map(personName).join(', ') }, { title: t('access.flagged'), numeric: true, cell: s => number(s.flagged) },
      { title: t('access.answered'), numeric: true, cell: s => `${number(s.rows - s.open)} / ${number(s.rows)}` }, { title: t('decision.revoke'), numeric: true, cell: s => number(s.revoke + s.change) },
      { title: t('plan.state'), cell: s => (s.signOff ? badge(t('access.signed', personName(s.signOff.by)), 'ok') : s.returned ? badge(t('state.returned'), 'warn') : badge(t('access.open'), 'info')) },
    ], r.sheetList)),
    r.taskList.length ? card(t('access.tasks'), table(t('access.tasks'), [
      { title: t('access.task'), cell: x => `${x.right.holderName}: ${x.right.what} (${t(`decision.${x.decision}`)})` }, { title: t('common.due'), cell: x => due(x.due, false) }, { title: t('plan.state'), cell: x => word('taskState', x.state) },
    ], r.taskList)) : null,
    card(t('audit.documents'), evidenceTable(t('audit.documents'), filed, t('audit.documents.none'))),
    card(t('common.history'), logTable(r.log, 'accessAct', personName)),
  ];
}

export async function accessSheet(context) {
  const { id, sheet } = context.params;
  const path = `access-reviews/${encodeURIComponent(id)}/sheets/${encodeURIComponent(sheet)}`;
  const wanted = { answer: '', ...context.query };
  const [{ data: review, etag }, rows] = await Promise.all([read(`access-reviews/${encodeURIComponent(id)}`), all(path + query({ answer: wanted.answer }))]);
  const view = review.sheetList.find(s => s.id === sheet);
  const isOpen = view && !view.signOff && view.reviewers.includes(session.me.id) && may('AnswerReviewSheet');
  const chosen = new Set();
  const count = h('span', { class: 'small muted', role: 'status' });
  const bulk = h('div', { class: 'actions' });
  const say = () => { count.textContent = t('access.chosen', chosen.size); bulk.querySelectorAll('button').forEach(b => { b.disabled = chosen.size === 0; }); };
  const pick = number => h('input', { type: 'checkbox', 'aria-label': t('access.choose', number), onchange: e => { if (e.target.checked) chosen.add(number); else chosen.delete(number); say(); } });
  const answer = decision => formDialog(t(`access.answer.${decision}`, chosen.size), {
    action: t(`decision.${decision}`), done: t('common.done'),
    fields: [{ name: 'reason', label: t('common.reason'), type: 'area', required: decision !== 'keep' }, ...(decision === 'change' ? [{ name: 'changeTo', label: t('access.changeTo'), required: true }] : [])],
    submit: v => post(`${path}/answers`, { answers: [{ rows: [...chosen], decision, ...v }] }),
  });
  if (isOpen) replace(bulk, ['keep', 'revoke', 'change'].map(d => button(t(`decision.${d}`), () => answer(d), { kind: 'small', name: `answer-${d}` })), button(t('access.all'), e => {
    const boxes = [...e.target.closest('section').querySelectorAll('tbody input[type=checkbox]')];
    const every = boxes.every(b => b.checked);
    boxes.forEach(b => { if (b.checked === every) b.click(); });
  }, { kind: 'small' }), count);
  say();
  bulk.querySelector('button:last-of-type')?.removeAttribute('disabled');
  const bar = filterBar(field({ name: 'answer', label: t('common.show'), type: 'select', none: t('common.all'), value: wanted.answer, options: ['open', 'keep', 'revoke', 'change'].map(value => ({ value, text: t(`decision.${value}`) })) }));
  bar.addEventListener('change', e => { location.hash = `#/access/${id}/${encodeURIComponent(sheet)}` + query({ answer: e.target.value }); });
  return [
    pageHead(view ? local(view.name) : sheet, {
      back: { href: `#/access/${id}`, text: id }, intro: t('access.sheet.intro'), actions: [
        button([icon('download'), 'Excel'], e => run(e.currentTarget, () => saveFile(`${path}/sheet.xlsx`, 'sheet.xlsx'))),
        isOpen && button(t('access.sign'), () => formDialog(t('access.sign'), { intro: t('access.sign.intro'), action: t('access.sign'), done: t('common.done'), fields: [{ name: 'comment', label: t('common.comment'), type: 'area' }], submit: v => post(`${path}/sign-off`, v, { ifMatch: etag }) }), { kind: view.open === 0 ? 'primary' : '', name: 'sign' }),
      ].filter(Boolean),
    }),
    card(t('access.rights'), bar, isOpen ? bulk : null, table(t('access.rights'), [
      { title: t('access.account'), cell: r => [isOpen ? [pick(r.number), ' '] : null, r.right.holderName || r.person || r.account || '–'] }, { title: t('evidence.type'), cell: r => local(r.kind) }, { title: t('access.right'), cell: r => [r.right.what, r.right.scope && r.right.scope !== '/' ? h('div', { class: 'small muted' }, r.right.scope) : null] },
      { title: t('access.lastSignIn'), cell: r => (r.lastSignIn ? date(dayOf(r.lastSignIn)) : '–') }, { title: t('access.flags'), cell: r => r.flags.map(f => [badge(local(f.name), 'warn'), ' ']) },
      { title: t('access.answer'), cell: r => (r.answer ? [badge(t(`decision.${r.answer.decision}`), TONE[r.answer.decision]), ' ', h('span', { class: 'small' }, r.answer.reason ?? '')] : badge(t('decision.open'))) },
    ], rows, { whenEmpty: t('access.rows.none') })),
  ];
}
