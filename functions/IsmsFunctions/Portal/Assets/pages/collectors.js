// What is collected from Microsoft Graph: how far, how whole, and collecting now.

import { h } from '../core/dom.js';
import { get, post } from '../core/api.js';
import { local, moment, t, word } from '../core/i18n.js';
import { announce, badge, button, card, empty, facts, pageHead, run, stateBadge } from '../core/ui.js';
import { evidenceLink } from '../core/evidence-parts.js';
import { may, personName } from '../core/session.js';

const PACE = 2000;

export async function collectors(context) {
  const { items } = await get('collectors');
  const running = new Set(items.filter(c => c.lastRun?.status === 'running').map(c => c.name));
  // A run goes on whether or not anybody looks; whoever comes back finds it as far as it is.
  if (running.size) {
    context.every(PACE, async () => {
      const now = await get('collectors').catch(() => undefined);
      if (!now || !context.isCurrent()) return;
      const ended = now.items.filter(c => running.has(c.name) && c.lastRun?.status !== 'running');
      if (ended.length) {
        announce(ended.map(c => `${local(c.title)}: ${word('runState', c.lastRun.status)}`).join(', '));
        context.refresh();
      }
    });
  }
  return [
    pageHead(t('nav.collectors'), { intro: t('collectors.intro') }),
    items.length === 0 ? card(undefined, empty(t('common.nothing'))) : h('div', { class: 'grid' }, items.map(c => card(local(c.title),
      h('p', null, c.lastRun ? stateBadge('runState', c.lastRun.status) : badge(t('collectors.never')), ' ', c.completeness ? badge(t(c.completeness === 'complete' ? 'evidence.complete' : 'evidence.partial'), c.completeness === 'complete' ? 'ok' : 'warn') : null),
      c.lastRun?.status === 'running' ? h('div', null, h('p', { class: 'small', role: 'status' }, t('collectors.running', moment(c.lastRun.startedAt))), h('progress', { 'aria-label': local(c.title) })) : null,
      facts([
        [t('collectors.until'), c.watermark && moment(c.watermark)], [t('collectors.lastRun'), c.lastRun && `${moment(c.lastRun.startedAt)} (${personName(c.lastRun.startedBy)})`], [t('collectors.schedule'), c.schedule && h('code', null, c.schedule)],
        [t('collectors.latest'), c.latestEvidence && evidenceLink(c.latestEvidence, t('collectors.open'))],
      ]),
      c.lastRun?.error ? h('p', { class: 'problem' }, c.lastRun.error) : null,
      may('RunCollector') && c.lastRun?.status !== 'running' ? h('p', null, button(t('collectors.run'), e => run(e.target, async () => { await post(`collectors/${c.name}/run`, {}); context.refresh(); }, { done: t('collectors.started') }), { name: `run-${c.name}` })) : null))),
  ];
}
