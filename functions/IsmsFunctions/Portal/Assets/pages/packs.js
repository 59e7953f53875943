// Evidence packs: made once, then downloaded and verified by whoever wants to.

import { h, icon } from '../core/dom.js';
import { all, get, post } from '../core/api.js';
import { date, dayOf, moment, number, size, t, word } from '../core/i18n.js';
import { announce, badge, button, card, formDialog, pageHead, table } from '../core/ui.js';
import { may, personName, session } from '../core/session.js';

const PACE = 2000;
const isUnderWay = p => !['ready', 'failed'].includes(p.status);

export async function packs(context) {
  const list = (await all('packs')).sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  if (list.some(isUnderWay)) {
    context.every(PACE, async () => {
      const now = await Promise.all(list.filter(isUnderWay).map(p => get(`packs/${p.id}`).catch(() => p)));
      if (context.isCurrent() && now.some(p => !isUnderWay(p))) {
        announce(now.map(p => word('packState', p.status)).join(', '));
        context.refresh();
      }
    });
  }
  return [
    pageHead(t('nav.packs'), { intro: t('packs.intro'), actions: [may('MakePack') && button(t('packs.new'), make, { kind: 'primary', name: 'new-pack' })].filter(Boolean) }),
    card(undefined, table(t('nav.packs'), [
      { title: t('pack'), cell: p => h('span', { class: 'mono' }, p.id) }, { title: t('pack.scope'), cell: p => scopeOf(p.scope) },
      { title: t('plan.state'), cell: p => badge(word('packState', p.status), p.status === 'ready' ? 'ok' : p.status === 'failed' ? 'bad' : 'info') },
      { title: t('pack.items'), numeric: true, cell: p => number(p.items) }, { title: t('pack.size'), numeric: true, cell: p => (p.length === undefined ? '' : size(p.length)) },
      { title: t('pack.requested'), cell: p => `${personName(p.requestedBy)}, ${moment(p.requestedAt)}` },
      { title: t('common.actions'), cell: p => (p.status === 'ready' && may('DownloadPack') ? h('a', { class: 'button small', href: `/api/packs/${p.id}/download`, download: '' }, icon('download'), t('evidence.download'), h('span', { class: 'visually-hidden' }, ` ${p.id}`)) : '') },
    ], list, { whenEmpty: t('packs.none'), emptyHint: t('packs.none.hint') })),
  ];
}

const scopeOf = s => [s.fiscalYear, s.audit, s.clause, s.control && `A.${s.control}`, (s.from || s.to) && `${s.from ? date(dayOf(s.from)) : ''} – ${s.to ? date(dayOf(s.to)) : ''}`].filter(Boolean).join(', ');

const make = () => formDialog(t('packs.new'), {
  intro: t('packs.new.intro'), action: t('packs.new.action'), done: t('packs.new.done'),
  fields: [
    { name: 'fiscalYear', label: t('app.year'), type: 'select', none: t('common.all'), value: session.year, options: session.years.map(y => ({ value: y.id, text: y.id })) },
    { name: 'audit', label: t('audit') }, { name: 'clause', label: t('evidence.clause') }, { name: 'control', label: t('evidence.control') },
    { name: 'from', label: t('common.from'), type: 'date' }, { name: 'to', label: t('common.to'), type: 'date' },
  ],
  submit: values => post('packs', values),
});
