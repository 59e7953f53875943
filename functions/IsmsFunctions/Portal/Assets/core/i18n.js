// Texts, names and dates in the chosen language.

let texts = {};
export const language = () => (document.documentElement.lang === 'en' ? 'en' : 'ja');

export async function loadTexts() {
  texts = await (await fetch(new URL('../texts.json', import.meta.url))).json();
}

export function chooseLanguage(chosen) {
  document.documentElement.lang = chosen;
  localStorage.setItem('isms.language', chosen);
}

export function t(key, ...values) {
  const text = texts[key]?.[language()];
  if (text === undefined) throw new Error(`No text '${key}'.`);
  return text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');
}

export const knows = key => key in texts;

/**
 * A name of the API's vocabulary, such as the state of an item. Where the portal knows no word for it, the API's own is shown rather than nothing – and the console told,
 * which no test lets pass.
 */
export function word(kind, value) {
  if (value === undefined || value === null) return '–';
  const key = `${kind}.${value}`;
  if (knows(key)) return t(key);
  console.error(`No word '${key}'.`);
  return String(value);
}

/** A text that exists in both languages, as the API gives it. */
export const local = text => (text === undefined || text === null ? '' : typeof text === 'string' ? text : text[language()] || text.ja || text.en || '');

let zone = 'Asia/Tokyo';
export const useTimeZone = name => { zone = name; };

const formats = new Map();
function format(options) {
  const key = language() + JSON.stringify(options) + zone;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'ja-JP', options));
  return formats.get(key);
}

/** A calendar date such as 2026-04-30: of no time zone, hence read and written in UTC. */
export const date = day => (day ? format({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day.slice(0, 10) + 'T00:00:00Z')) : '–');
export const month = day => format({ month: 'short', timeZone: 'UTC' }).format(new Date(day + 'T00:00:00Z'));
export const moment = at => (at ? format({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at)) : '–');
export const time = at => format({ hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at));
export const number = value => (value === undefined || value === null ? '–' : new Intl.NumberFormat(language() === 'en' ? 'en-GB' : 'ja-JP', { maximumFractionDigits: 2 }).format(value));
export const size = bytes => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${number(Math.round(bytes / 102.4) / 10)} KB` : `${number(Math.round(bytes / 104857.6) / 10)} MB`);
export const dayOf = at => (at ? new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(at)) : undefined);

/** The instant that a date and time on the organisation's clocks mean, as <input type="datetime-local"> gives them. */
export function momentOf(text) {
  const asUtc = Date.parse(text + 'Z');
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(new Date(asUtc)).map(p => [p.type, p.value]));
  const ahead = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) - asUtc;
  return new Date(asUtc - ahead).toISOString();
}
