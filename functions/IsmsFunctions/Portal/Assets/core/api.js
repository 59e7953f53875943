// The API, as the portal calls it.

import { language, t } from './i18n.js';

/** A refusal: RFC 9457 problem details, or the network's silence. */
export class Problem extends Error {
  constructor(status, details) {
    super(details.title ?? String(status));
    this.status = status;
    Object.assign(this, { code: undefined, detail: undefined, field: undefined, possible: [], missing: [], errors: [] }, details);
  }

  /** Somebody else was faster: what is on the screen is no longer so. */
  get isStale() { return this.status === 412 || this.status === 428 || (this.status === 409 && this.code !== 'records-missing'); }
}

let signedOut = () => {};
export const whenSignedOut = action => { signedOut = action; };

async function send(method, path, { body, form, bytes, headers = {}, signal } = {}) {
  const sent = { 'Accept-Language': language(), ...headers };
  if (body !== undefined) sent['Content-Type'] = 'application/json';
  try {
    return await fetch('/api/' + path, {
      method, headers: sent, signal, credentials: 'same-origin', cache: 'no-store',
      body: form ?? bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, { code: 'no-connection', title: t('problem.connection'), detail: t('problem.connection.remedy') });
  }
}

async function answerOf(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const isJson = type.includes('json');
  if (response.ok) {
    return { data: isJson ? await response.json() : undefined, etag: response.headers.get('ETag') ?? undefined, location: response.headers.get('Location') ?? undefined, status: response.status };
  }
  const details = isJson ? await response.json().catch(() => ({})) : {};
  if (response.status === 401) signedOut();
  if (!details.title) Object.assign(details, { title: t('problem.unexpected', response.status), detail: t('problem.unexpected.remedy') });
  throw new Problem(response.status, details);
}

export const call = async (method, path, options) => answerOf(await send(method, path, options));
export const get = async (path, options) => (await call('GET', path, options)).data;
export const read = (path, options) => call('GET', path, options);

/**
 * Gives a command. Its idempotency key makes sending it twice the same as once, so a command whose answer got lost on the way is sent again.
 */
export async function post(path, body, { ifMatch, form, bytes, headers } = {}) {
  const all = { ...headers, 'Idempotency-Key': crypto.randomUUID(), ...(ifMatch ? { 'If-Match': ifMatch } : {}) };
  const options = { body: form || bytes ? undefined : body ?? {}, form, bytes, headers: all };
  try {
    return await call('POST', path, options);
  } catch (problem) {
    if (problem.status !== 0) throw problem;
    return await call('POST', path, options);
  }
}

export const put = (path, body, ifMatch) => call('PUT', path, { body, headers: ifMatch ? { 'If-Match': ifMatch } : {} });
export const remove = (path, ifMatch) => call('DELETE', path, { headers: ifMatch ? { 'If-Match': ifMatch } : {} });

/** A list from its first page to its last, or as far as `most` items. */
export async function all(list, { most = 2000 } = {}) {
  const items = [];
  // The longest pages there are: each one costs a way there and back.
  const path = /[?&]top=/.test(list) ? list : `${list}${list.includes('?') ? '&' : '?'}top=200`;
  let token;
  do {
    const page = await get(path + (token ? `${path.includes('?') ? '&' : '?'}continuationToken=${encodeURIComponent(token)}` : ''));
    items.push(...page.items);
    token = page.continuationToken;
  } while (token && items.length < most);
  return items;
}

/** Bytes of a file, to be hashed here. */
export async function bytesOf(path) {
  const response = await send('GET', path);
  if (!response.ok) await answerOf(response);
  return new Uint8Array(await response.arrayBuffer());
}

/** Saves an answer as a file. The API's own file name is used where it gives one. */
export async function saveFile(path, fallback) {
  const response = await send('GET', path);
  if (!response.ok) await answerOf(response);
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1] ?? '') || /filename="?([^";]+)/i.exec(disposition)?.[1] || fallback;
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

export const query = values => {
  const parts = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '').map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return parts.length ? '?' + parts.join('&') : '';
};
