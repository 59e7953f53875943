// The portal's shell: who is here, where one can go, and the page that the address names.

import { h, icon, replace, s } from './core/dom.js';
import { chooseLanguage, language, loadTexts, local, t } from './core/i18n.js';
import { whenSignedOut } from './core/api.js';
import { announce, button, busy, dialog, empty, pageHead, problemBox } from './core/ui.js';
import { chooseYear, forgetPersona, loadSession, loadYears, may, playPersona, session } from './core/session.js';
import { groups, routeOf } from './routes.js';

const app = document.getElementById('app');
let main;
let turn = 0;
let leaving = [];

const mark = () => s('svg', { viewBox: '0 0 32 32', 'aria-hidden': 'true' },
  s('path', { fill: 'var(--accent)', d: 'M16 1.500 28 6v9.500c0 7-4.900 12.400-12 15-7.100-2.600-12-8-12-15V6z' }),
  s('path', { fill: 'none', stroke: 'var(--on-accent)', 'stroke-width': '2.800', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', d: 'm10.500 16 4 4 7.500-8.500' }));

const brand = () => h('a', { class: 'brand', href: '#/' }, mark(), h('span', null, local(session.me?.organization?.name) || 'ISMS', h('small', null, t('app.subtitle'))));

const languageButton = () => button(language() === 'ja' ? 'English' : '日本語', () => { chooseLanguage(language() === 'ja' ? 'en' : 'ja'); start(); }, { kind: 'quiet', name: 'language', lang: language() === 'ja' ? 'en' : 'ja' });

function themeButton() {
  const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const label = () => (isDark() ? t('app.theme.light') : t('app.theme.dark'));
  const toggle = h('button', {
    type: 'button', class: 'icon-button', 'aria-label': label(), 'data-name': 'theme', onclick: () => {
      const theme = isDark() ? 'light' : 'dark';
      document.documentElement.dataset.theme = theme;
      localStorage.setItem('isms.theme', theme);
      toggle.setAttribute('aria-label', label());
    },
  }, icon('sun'));
  return toggle;
}

function personButton() {
  const roles = session.me.roles.map(r => t(`role.${r}`)).join(language() === 'ja' ? '・' : ', ');
  const content = [icon('person'), h('span', null, local(session.me.name) || session.me.id, h('small', null, roles))];
  return session.signIn.by === 'personas'
    ? h('button', { type: 'button', class: 'person', 'data-name': 'person', 'aria-haspopup': 'dialog', onclick: () => dialog(t('persona.title'), () => personas(), { wide: true }) }, content)
    : h('a', { class: 'person', href: '/.auth/logout?post_logout_redirect_uri=/' }, content, h('span', { class: 'visually-hidden' }, t('app.signOut')));
}

const personas = () => h('div', null, h('p', { class: 'intro' }, t('persona.intro')), session.signIn.personas.map(part => h('section', null,
  h('h3', null, t(`persona.${part.persona}`)), h('ul', { class: 'personas' },
    (part.players.length ? part.players : [{ id: undefined, name: t('persona.anyone') }]).map(player => h('li', null, button(
      h('span', null, local(player.name), h('small', null, t(`persona.${part.persona}`))),
      () => {
        playPersona(player.id ? `${part.persona}:${player.id}` : part.persona);
        location.hash = '#/';
        document.querySelector('dialog')?.close();
        start();
      }, { name: player.id ? `${part.persona}:${player.id}` : part.persona })))))));

function yearChooser() {
  if (session.years.length < 2) return h('span', { class: 'muted small' }, session.year ?? '');
  return h('select', { 'aria-label': t('app.year'), value: session.year, onchange: event => { chooseYear(event.target.value); show(); } }, session.years.map(y => h('option', { value: y.id }, y.id)));
}

function shell() {
  const frame = h('div', { class: 'shell' });
  const nav = h('div', { class: 'nav', id: 'nav' });
  const side = h('nav', { class: 'side', 'aria-label': t('app.navigation') }, brand(), nav);
  const menu = h('button', {
    type: 'button', class: 'icon-button menu-button', 'aria-label': t('app.menu'), 'aria-controls': 'nav', 'aria-expanded': 'false', onclick: () => {
      menu.setAttribute('aria-expanded', String(frame.classList.toggle('menu-open')));
    },
  }, icon('menu'));
  for (const group of groups) {
    const links = group.links.filter(l => (!l.needs || l.needs.some(may)) && (l.page !== 'setup' || !session.organization || session.years.length === 0));
    if (links.length) nav.append(group.title ? h('h2', null, t(group.title)) : '', h('ul', null, links.map(l => h('li', null, h('a', { href: l.href, 'data-page': l.page }, icon(l.page), t(`nav.${l.page}`))))));
  }
  main = h('main', { id: 'main', tabindex: '-1' });
  // Jumping to the content must not change the address, which names the page.
  const skip = h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); } }, t('app.skip'));
  frame.append(
    side,
    h('header', { class: 'top' }, menu, brand(), yearChooser(), h('span', { class: 'spring' }), languageButton(), themeButton(), personButton()),
    main);
  replace(app, skip, frame);
  window.addEventListener('hashchange', () => { frame.classList.remove('menu-open'); menu.setAttribute('aria-expanded', 'false'); });
}

/** Shows the page that the address names. What a slower page brings after another was asked for is dropped. */
async function show({ quietly = false } = {}) {
  const mine = ++turn;
  leaving.splice(0).forEach(stop => stop());
  const [path, search] = (location.hash.slice(1) || '/').split('?');
  const { route, params } = routeOf(path);
  document.querySelectorAll('.nav a').forEach(a => (a.dataset.page === route?.nav ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current')));
  const context = {
    params, query: Object.fromEntries(new URLSearchParams(search ?? '')), path, isCurrent: () => mine === turn,
    refresh: () => show({ quietly: true }),
    every: (milliseconds, work) => { const id = setInterval(work, milliseconds); leaving.push(() => clearInterval(id)); },
    whenLeaving: work => leaving.push(work),
  };
  if (!quietly) replace(main, busy());
  let content;
  try {
    const page = route && (await route.load());
    content = page ? await page(context) : [pageHead(t('notFound.title')), empty(t('notFound.text'), null, h('a', { class: 'button', href: '#/' }, t('nav.overview')))];
  } catch (problem) {
    content = [pageHead(t('problem.page')), problemBox(problem, button(t('common.retry'), () => show()))];
  }
  if (mine !== turn) return;
  const kept = quietly ? keepPlace() : undefined;
  replace(main, content);
  const heading = main.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} – ${local(session.me?.organization?.name) || 'ISMS'}`;
  if (quietly) kept();
  else {
    window.scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
    announce(heading?.textContent ?? '');
  }
}

/** After a command the page is drawn anew; whoever uses a keyboard stays where they were. */
function keepPlace() {
  const [top, name] = [window.scrollY, document.activeElement?.dataset?.name];
  return () => {
    window.scrollTo(0, top);
    const again = name && main.querySelector(`[data-name="${CSS.escape(name)}"]`);
    (again ?? main.querySelector('h1'))?.focus({ preventScroll: true });
  };
}

function welcome() {
  const bar = h('header', { class: 'top' }, mark(), h('strong', null, 'ISMS'), h('span', { class: 'spring' }), languageButton(), themeButton());
  bar.firstChild.setAttribute('width', '28');
  main = h('main', { class: 'single', id: 'main' },
    pageHead(t('welcome.title'), { intro: t('welcome.intro') }),
    h('section', { class: 'card', 'aria-label': t('persona.title') }, session.signIn.by === 'personas' ? personas() : h('div', null, h('p', null, t('welcome.signIn')), h('p', null, h('a', { class: 'button', href: '/.auth/login/aad?post_login_redirect_uri=/' }, t('app.signIn'))))));
  replace(app, bar, main);
  document.title = `${t('welcome.title')} – ISMS`;
  main.querySelector('h1').focus();
}

async function start() {
  replace(app, h('main', { class: 'single' }, h('h1', { class: 'visually-hidden' }, 'ISMS'), busy()));
  try {
    if (!(await loadSession())) return welcome();
  } catch (problem) {
    replace(app, h('main', { class: 'single' }, pageHead(t('problem.page')), problemBox(problem, button(t('common.retry'), start))));
    return undefined;
  }
  shell();
  return show();
}

window.addEventListener('hashchange', () => session.me && show());
window.addEventListener('isms:refresh', () => show({ quietly: true }));
window.addEventListener('isms:settings', async () => { await loadSession(); shell(); show(); });
window.addEventListener('isms:years', async () => { await loadYears(); shell(); show(); });
whenSignedOut(() => { if (session.me) { session.me = undefined; if (session.signIn.by === 'personas') forgetPersona(); welcome(); } });

await loadTexts();
await start();
