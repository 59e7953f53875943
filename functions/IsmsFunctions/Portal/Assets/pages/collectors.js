// What is collected from Microsoft Graph: how far, how whole, and collecting now.

import { h } from '../core/dom.js';
import { get, post, query } from '../core/api.js';
import { date, local, moment, number, t, word } from '../core/i18n.js';
import { announce, badge, button, card, empty, facts, field, filterBar, link, pageHead, run, stateBadge } from '../core/ui.js';
import { evidenceLink } from '../core/evidence-parts.js';
import { may, personName, session, today } from '../core/session.js';

const PACE = 2000;

// Only logs have hours that can be held or missing; the others are snapshots.
const LOGS = ['sign-ins', 'directory-audits'];

// The schedule of those without a cadence of their own, as NCRONTAB.
const DAILY = /^\d+ \d+ \d+ \* \* \*$/;

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
        [t('collectors.until'), c.watermark && moment(c.watermark)], [t('collectors.lastRun'), c.lastRun && `${moment(c.lastRun.startedAt)} (${personName(c.lastRun.startedBy)})`], [t('collectors.schedule'), c.cadence ? word('cadence', c.cadence) : c.schedule && (DAILY.test(c.schedule) ? word('cadence', 'daily') : h('code', null, c.schedule))],
        [t('collectors.latest'), c.latestEvidence && evidenceLink(c.latestEvidence, t('collectors.open'))], [t('calendar.title'), may('GetCollectorCoverage') && c.watermark && LOGS.includes(c.name) && link(`#/collectors/${c.name}`, t('calendar.open'))],
      ]),
      c.lastRun?.error ? h('p', { class: 'problem' }, c.lastRun.error) : null,
      may('RunCollector') && c.lastRun?.status !== 'running' ? h('p', null, button(t('collectors.run'), e => run(e.target, async () => { await post(`collectors/${c.name}/run`, {}); context.refresh(); }, { done: t('collectors.started') }), { name: `run-${c.name}` })) : null))),
  ];
}

const GOOD = ['complete'];
const AHEAD = ['notYet'];

/** The worst hour of a day is what the day is. */
function judge(day) {
  const counted = day.hours.filter(x => !AHEAD.includes(x));
  const whole = counted.filter(x => GOOD.includes(x)).length;
  return counted.length === 0 ? { tone: 'neutral', text: t('coverageDay.notYet') } : { tone: whole === counted.length ? 'ok' : whole ? 'warn' : 'bad', text: t('calendar.hours', number(whole), number(counted.length)) };
}

/** The days of a log, and whether all of their hours are held. */
export async function calendar(context) {
  const { name } = context.params;
  const month = context.query.month ?? today().slice(0, 7);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const view = await get(`collectors/${encodeURIComponent(name)}/coverage` + query({ from: `${month}-01`, to: last > today() ? today() : last }));
  const bar = filterBar(field({ name: 'month', label: t('calendar.month'), type: 'month', value: month, max: today().slice(0, 7) }));
  bar.addEventListener('change', e => { if (e.target.value) location.hash = `#/collectors/${name}?month=${e.target.value}`; });
  return [
    pageHead(`${local(view.title)} – ${t('calendar.title')}`, { back: { href: '#/collectors', text: t('nav.collectors') }, intro: t('calendar.intro') }),
    card(undefined, bar, facts(Object.entries(view.hours).map(([k, v]) => [word('coverageDay', k), number(v)])),
      h('ul', { class: 'heat' }, view.days.map(d => { const j = judge(d); const day = d.date ?? d.day; return h('li', null, h('a', { class: j.tone, href: `#/evidence${query({ fy: session.year, from: day, to: day, type: 'operation' })}` }, Number(day.slice(8)), h('small', null, j.text), h('span', { class: 'visually-hidden' }, date(day)))); }))),
  ];
}
