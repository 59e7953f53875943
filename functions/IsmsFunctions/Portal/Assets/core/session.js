// Who is here, in which organisation, looking at which year.

import { get, read, Problem } from './api.js';
import { local, useTimeZone } from './i18n.js';

export const session = { signIn: undefined, me: undefined, organization: undefined, years: [], year: undefined };

export async function loadSession() {
  session.signIn = await get('sign-in');
  try {
    session.me = await get('me');
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status === 0 || problem.status >= 500) throw problem;
    session.me = undefined;
    // A person who does not exist any more cannot be played; whoever is nobody chooses anew.
    return false;
  }
  if (session.me.organization) useTimeZone(session.me.organization.timeZone);
  await Promise.all([loadOrganization(), loadYears()]);
  return true;
}

export async function loadOrganization() {
  session.organization = undefined;
  if (!may('GetOrganization') || !session.me.organization) return;
  const answer = await read('organization');
  session.organization = { ...answer.data, etag: answer.etag };
}

export async function loadYears() {
  session.years = [];
  if (may('ListYears') && session.me.organization) session.years = (await get('years')).items;
  const chosen = localStorage.getItem('isms.year');
  const ids = session.years.map(y => y.id);
  const present = session.me.organization?.fiscalYear;
  session.year = [chosen, present, ids.at(-1)].find(id => ids.includes(id)) ?? present;
}

export function chooseYear(id) {
  localStorage.setItem('isms.year', id);
  session.year = id;
}

/** Whether the access table lets this person call the function. Finer rules are the API's to tell. */
export const may = name => session.me?.functions.includes(name) ?? false;
export const isStarted = () => session.years.some(y => y.id === session.year);
export const today = () => session.me.organization?.today ?? new Date().toISOString().slice(0, 10);

export const personName = id => (id === 'system' ? 'IsmsFunctions' : local(session.organization?.people.find(p => p.id === id)?.name) || (id === session.me?.id && local(session.me.name)) || id);
export const departmentName = id => local(session.organization?.departments.find(d => d.id === id)?.name) || id;
export const people = role => (session.organization?.people ?? []).filter(p => !role || p.roles.includes(role));
export const departments = () => session.organization?.departments ?? [];

const COOKIE = 'X-Isms-Persona';

export function playPersona(persona) {
  document.cookie = `${COOKIE}=${encodeURIComponent(persona)}; path=/; SameSite=Strict; max-age=31536000`;
}

export function forgetPersona() {
  document.cookie = `${COOKIE}=; path=/; SameSite=Strict; max-age=0`;
}
