// What was sent to whom, and what still waits.

import { h } from '../core/dom.js';
import { get, post, query } from '../core/api.js';
import { local, moment, t, word } from '../core/i18n.js';
import { badge, button, card, dialog, facts, pageHead, run, table, TONES } from '../core/ui.js';
import { may, personName } from '../core/session.js';

export async function mails(context) {
  const page = await get('notifications' + query({ top: 100, continuationToken: context.query.after }));
  return [
    pageHead(t('nav.mails'), { intro: t('mails.intro') }),
    card(undefined, table(t('nav.mails'), [
      { title: t('mail.subject'), cell: m => button(local(m.subject), e => run(e.currentTarget, () => show(m.id)), { kind: 'quiet' }) }, { title: t('mail.to'), cell: m => personName(m.recipientId) }, { title: t('mail.channel'), cell: m => word('channel', m.channel) },
      { title: t('mail.at'), cell: m => moment(m.sentAt ?? m.dueAt ?? m.queuedAt) }, { title: t('plan.state'), cell: m => badge(word('mailState', m.state), TONES[m.state] ?? 'neutral') },
    ], page.items, { whenEmpty: t('mails.none') }),
    page.continuationToken ? h('p', null, h('a', { class: 'button', href: '#/mails' + query({ after: page.continuationToken }) }, t('common.more'))) : null),
  ];
}

async function show(id) {
  const m = await get(`notifications/${encodeURIComponent(id)}`);
  dialog(local(m.subject), close => [
    facts([[t('mail.to'), personName(m.recipientId)], [t('mail.about'), m.about], [t('mail.at'), moment(m.sentAt ?? m.queuedAt)], [t('plan.state'), word('mailState', m.state)], [t('mail.error'), m.error]]),
    m.body ? h('pre', { class: 'letter' }, local(m.body)) : null,
    may('ResendNotification') && m.state === 'undeliverable' ? h('div', { class: 'dialog-actions' }, button(t('mail.resend'), e => run(e.target, async () => { await post(`notifications/${encodeURIComponent(id)}/resend`); close(); window.dispatchEvent(new Event('isms:refresh')); }, { done: t('common.done') }), { kind: 'primary' })) : null,
  ], { wide: true });
}
