// The evidence: finding it, reading it, taking it along, and checking that nobody touched it.

import { h, icon, replace } from '../core/dom.js';
import { bytesOf, get, query, saveFile } from '../core/api.js';
import { language, local, moment, number, size, t, word } from '../core/i18n.js';
import { announce, badge, button, busy, card, dialog, empty, facts, field, filterBar, pageHead, problemBox, run, table } from '../core/ui.js';
import { completeness, evidenceLink, evidenceTable, typeOptions, uploadButton } from '../core/evidence-parts.js';
import { personName, session } from '../core/session.js';
import { verify } from '../core/verify.js';

const FILTERS = ['fy', 'type', 'clause', 'control', 'record', 'from', 'to'];

export async function evidenceList(context) {
  const wanted = { fy: session.year, ...context.query };
  const asked = Object.fromEntries(FILTERS.map(f => [f, wanted[f]]));
  const results = h('div');
  const items = [];
  const more = async token => {
    const page = await get('evidence' + query({ ...asked, top: 100, continuationToken: token }));
    items.push(...page.items);
    replace(results, h('p', { class: 'small muted', role: 'status' }, t('evidence.count', number(items.length), page.continuationToken ? '+' : '')), evidenceTable(t('nav.evidence'), items, t('evidence.none')),
      page.continuationToken ? h('p', null, button(t('common.more'), e => run(e.target, () => more(page.continuationToken)), { name: 'more' })) : null);
  };
  await more();
  const years = session.years.length ? session.years.map(y => y.id) : [session.year].filter(Boolean);
  const bar = filterBar(
    field({ name: 'fy', label: t('app.year'), type: 'select', none: t('common.all'), value: wanted.fy, options: years.map(y => ({ value: y, text: y })) }),
    field({ name: 'type', label: t('evidence.type'), type: 'select', none: t('common.all'), value: wanted.type, options: typeOptions() }),
    field({ name: 'clause', label: t('evidence.clause'), value: wanted.clause }), field({ name: 'control', label: t('evidence.control'), value: wanted.control }),
    field({ name: 'from', label: t('common.from'), type: 'date', value: wanted.from }), field({ name: 'to', label: t('common.to'), type: 'date', value: wanted.to }));
  bar.addEventListener('change', event => { location.hash = '#/evidence' + query({ ...wanted, fy: wanted.fy ?? '', [event.target.name]: event.target.value }); });
  return [pageHead(t('nav.evidence'), { intro: t('evidence.intro'), actions: [uploadButton(t('evidence.upload'))].filter(Boolean) }), card(undefined, bar, results)];
}

export async function evidenceItem({ params }) {
  const e = await get(`evidence/${encodeURIComponent(params.id)}`);
  const base = `evidence/${encodeURIComponent(e.id)}/files/`;
  return [
    pageHead(local(e.title), { back: { href: '#/evidence', text: t('nav.evidence') }, actions: [button([icon('check'), t('evidence.verify')], () => check(e.id), { kind: 'primary', name: 'verify' })] }),
    card(undefined, h('p', null, badge(word('evidenceType', e.type), 'info'), ' ', completeness(e)),
      facts([
        [t('app.year'), e.fiscalYear], [t('evidence.period'), e.period.from === e.period.to ? moment(e.period.from) : `${moment(e.period.from)} – ${moment(e.period.to)}`],
        [t('evidence.clauses'), e.clauses.join(', ')], [t('evidence.controls'), e.controls.join(', ')], [t('evidence.recorded'), moment(e.createdAt)], [t('evidence.by'), personName(e.createdBy)],
        [t('evidence.source'), sourceOf(e)], [t('evidence.subject'), e.subject && subjectLink(e.subject)], [t('evidence.supersedes'), e.supersedes && evidenceLink(e.supersedes)], [t('evidence.id'), h('span', { class: 'mono' }, e.id)],
      ]),
      e.completeness.gaps?.length ? h('div', { class: 'problem' }, h('p', { class: 'problem-title' }, t('evidence.gaps')), h('ul', null, e.completeness.gaps.map(g => h('li', null, `${g.what}: ${g.detail ?? g.reason}`, g.period ? ` (${moment(g.period.from)} – ${moment(g.period.to)})` : '')))) : null),
    card(t('evidence.files'), table(t('evidence.files'), [
      { title: t('evidence.file'), cell: f => f.path }, { title: t('evidence.size'), numeric: true, cell: f => size(f.length) }, { title: 'SHA-256', cell: f => h('code', { title: f.sha256 }, f.sha256.slice(0, 16) + '…') },
      {
        title: t('common.actions'), cell: f => h('span', { class: 'actions' },
          canPreview(f) ? button([t('evidence.preview'), h('span', { class: 'visually-hidden' }, ` ${f.path}`)], () => preview(base, f), { kind: 'small' }) : null,
          button([icon('download'), t('evidence.download'), h('span', { class: 'visually-hidden' }, ` ${f.path}`)], x => run(x.currentTarget, () => saveFile(base + encodeURI(f.path), f.path)), { kind: 'small' })),
      },
    ], [...e.files].sort((a, b) => rank(a) - rank(b)))),
    e.source.graph ? card(t('evidence.requests'), table(t('evidence.requests'), [
      { title: t('evidence.request'), cell: r => h('code', null, r.query) }, { title: t('evidence.rows'), numeric: true, cell: r => number(r.rows) }, { title: t('evidence.pages'), numeric: true, cell: r => number(r.pages) }, { title: t('common.when'), cell: r => moment(r.startedAt) },
    ], e.source.graph.requests)) : null,
  ];
}

// The reader's language first.
const rank = file => (file.path.includes(`.${language()}.`) ? 0 : 1);
const sourceOf = e => (e.source.graph ? 'Microsoft Graph' : e.source.workflow ? t('evidence.fromWorkflow', e.source.workflow.instance) : e.source.upload ? t('evidence.fromUpload', e.source.upload.fileName) : '');

function subjectLink(subject) {
  const [, item] = /^item-FY\d{4}-(.+)$/.exec(subject) ?? [];
  const page = item ? `plan/${item}` : subject.startsWith('audit-') ? `audits/${subject}` : subject.startsWith('action-') ? `actions/${subject}` : subject.startsWith('incident-') ? `incidents/${subject}` : undefined;
  return page ? h('a', { href: `#/${page}` }, subject) : subject;
}

const isText = f => /json|csv|text\/plain|markdown/.test(f.mediaType) && !/gzip/.test(f.mediaType);
const isPage = f => f.mediaType.startsWith('text/html');
const isImage = f => /^image\/(png|jpeg|gif|webp)/.test(f.mediaType);
const isRows = f => f.path.endsWith('.ndjson.gz');
const canPreview = f => f.length < 5_000_000 && (isPage(f) || isText(f) || isImage(f) || isRows(f));
const MOST = 100_000;

function preview(base, f) {
  const path = base + encodeURI(f.path);
  const place = h('div', null, busy());
  dialog(f.path, () => place, { wide: true });
  const show = isPage(f) ? Promise.resolve(h('iframe', { class: 'preview', src: '/api/' + path, title: f.path, sandbox: '' })) : load(path, f);
  show.then(content => replace(place, content), problem => replace(place, problemBox(problem)));
}

async function load(path, f) {
  let bytes = await bytesOf(path);
  if (isImage(f)) {
    const reader = new FileReader();
    const address = await new Promise(done => { reader.onload = () => done(reader.result); reader.readAsDataURL(new Blob([bytes], { type: f.mediaType })); });
    return h('img', { src: address, alt: f.path, style: { 'max-width': '100%' } });
  }
  if (isRows(f)) bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (f.mediaType.includes('csv')) return csvTable(text, f.path);
  const shown = f.mediaType === 'application/json' ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': f.path }, h('pre', { class: 'mono' }, shown.slice(0, MOST)), shown.length > MOST ? h('p', { class: 'note' }, t('evidence.cut')) : null);
}

function csvTable(text, name) {
  const rows = [];
  let [row, cell, quoted] = [[], '', false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) { if (c === '"' && text[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = false; else cell += c; }
    else if (c === '"') quoted = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  const [head, ...body] = rows;
  if (!head) return empty(t('common.nothing'));
  return h('div', null, table(name, head.map((title, index) => ({ title: title.replace(/^\ufeff/, ''), cell: r => r[index] ?? '' })), body.slice(0, 200)), body.length > 200 ? h('p', { class: 'note' }, t('evidence.cut')) : null);
}

function check(id) {
  const steps = h('ol', { class: 'proof' });
  const result = h('div', { role: 'status' }, h('p', null, t('verify.running')));
  dialog(t('evidence.verify'), () => h('div', null, h('p', { class: 'intro' }, t('verify.intro')), steps, result), { wide: true });
  const textOf = s => (s.ok === undefined ? t(`verify.${s.step}`) : t(`verify.${s.step}.${s.ok ? 'ok' : 'bad'}`, s.name ?? s.index ?? (s.at && moment(s.at)) ?? '', s.size ?? ''));
  const said = s => steps.append(h('li', { 'data-step': s.step }, h('span', { class: s.ok === undefined ? 'muted' : s.ok ? 'ok' : 'bad' }, icon(s.ok ? 'check' : 'warning')), h('span', null, textOf(s), h('div', { class: 'mono small muted' }, s.detail))));
  verify(id, said).then(({ ok, isSigned }) => {
    replace(result, h('p', null, badge(t(ok ? 'verify.ok' : 'verify.bad'), ok ? 'ok' : 'bad')), ok ? h('p', { class: 'small' }, t(isSigned ? 'verify.proven.signed' : 'verify.proven.unsigned')) : null, ok && isSigned ? h('p', { class: 'small muted' }, t('verify.notProven')) : null);
    announce(t(ok ? 'verify.ok' : 'verify.bad'), !ok);
  }, problem => replace(result, problemBox(problem)));
}

