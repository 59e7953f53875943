// Checks evidence in the browser, trusting nobody's word but the hashes': RFC 6962 inclusion in the ledger, and the signature of a head that covers it.

import { all, bytesOf, get } from './api.js';

const hex = bytes => Array.from(new Uint8Array(bytes), b => b.toString(16).padStart(2, '0')).join('');
const bytes = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
const fromBase64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const sha256 = async data => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

const leafOf = manifest => sha256(join(Uint8Array.of(0), manifest));
const nodeOf = (left, right) => sha256(join(Uint8Array.of(1), left, right));

/** The root that a leaf and its path lead to (RFC 9162, 2.1.3.2). */
export async function rootOf(leaf, index, size, path) {
  let [at, last, root] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = await nodeOf(sibling, root);
      while (at % 2 === 0 && at !== 0) { at = Math.floor(at / 2); last = Math.floor(last / 2); }
    } else {
      root = await nodeOf(root, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}

/** Whether the ledger with the second root begins with the one that has the first (RFC 9162, 2.1.4.2). Roots and path are hexadecimal. */
export async function isConsistent(from, fromRoot, to, toRoot, path) {
  if (from === to) return fromRoot === toRoot && path.length === 0;
  if (from < 1 || from > to || path.length === 0) return false;
  const nodes = path.map(bytes);
  // A tree of a power of two is a node of the greater tree itself, hence left out of the path.
  if (Number.isInteger(Math.log2(from))) nodes.unshift(bytes(fromRoot));
  let [first, second] = [from - 1, to - 1];
  const up = () => { first = Math.floor(first / 2); second = Math.floor(second / 2); };
  while (first % 2 === 1) up();
  let [older, newer] = [nodes[0], nodes[0]];
  for (const node of nodes.slice(1)) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      older = await nodeOf(node, older);
      newer = await nodeOf(node, newer);
      while (first % 2 === 0 && first !== 0) up();
    } else {
      newer = await nodeOf(newer, node);
    }
    up();
  }
  return second === 0 && hex(older) === fromRoot && hex(newer) === toRoot;
}

/** A signature of two integers in DER, as the two numbers of 32 bytes side by side that WebCrypto wants; undefined when it is none. */
export function rawSignature(der) {
  let at = 2;
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const raw = new Uint8Array(64);
  for (const end of [32, 64]) {
    const length = der[at + 1];
    if (der[at] !== 0x02 || !(length >= 1) || at + 2 + length > der.length) return undefined;
    let number = der.subarray(at + 2, at + 2 + length);
    while (number.length > 1 && number[0] === 0) number = number.subarray(1);
    if (number.length > 32) return undefined;
    raw.set(number, end - number.length);
    at += 2 + length;
  }
  return at === der.length ? raw : undefined;
}

/** Whether the signature is that of the key (PEM), and the key the one that the id means. */
export async function isSigned(head, pem) {
  const key = fromBase64(pem.replace(/-----[^-]+-----|\s/g, ''));
  if (hex((await sha256(key)).slice(0, 16)) !== head.keyId) return false;
  const signature = rawSignature(fromBase64(head.signature));
  if (!signature) return false;
  const imported = await crypto.subtle.importKey('spki', key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, signature, fromBase64(head.signedBytes));
}

/** The newest signed head that covers the entry: it must be signed, and be what the ledger at hand begins with. Undefined where none covers it yet. */
async function signedHead(proof, said) {
  const head = (await all('ledger/heads')).filter(h => h.size > proof.index && h.size <= proof.head.size).at(-1);
  if (!head) {
    said({ step: 'unsigned', detail: '' });
    return undefined;
  }
  const signed = await get(`ledger/heads/${head.size}`);
  const content = JSON.parse(new TextDecoder().decode(fromBase64(signed.signedBytes)));
  const between = content.size === proof.head.size ? { path: [] } : await get(`ledger/consistency?from=${content.size}&to=${proof.head.size}`);
  const isPart = content.size > proof.index && await isConsistent(content.size, content.root, proof.head.size, proof.head.root, between.path);
  said({ step: 'consistent', ok: isPart, index: content.size, size: proof.head.size, detail: content.root });
  const isGenuine = content.keyId === signed.keyId && await isSigned(signed, new TextDecoder().decode(await bytesOf(`ledger/keys/${signed.keyId}`)));
  said({ step: 'signature', ok: isGenuine, at: content.at, detail: signed.keyId });
  return isPart && isGenuine;
}

/**
 * Checks each file's bytes, the manifest's place in the ledger, and the signature of a head of the ledger. `said({ step, ok, … })` hears of each step; a step without
 * `ok` proves nothing either way. Answers whether all is well, and whether a signature vouches for it.
 */
export async function verify(id, said) {
  const item = encodeURIComponent(id);
  const manifestBytes = await bytesOf(`evidence/${item}/files/manifest.json`);
  const manifest = JSON.parse(new TextDecoder().decode(manifestBytes));
  said({ step: 'manifest', ok: manifest.id === id, detail: hex(await sha256(manifestBytes)) });
  let isWhole = manifest.id === id;
  for (const file of manifest.files) {
    const found = hex(await sha256(await bytesOf(`evidence/${item}/files/${file.path.split('/').map(encodeURIComponent).join('/')}`)));
    const ok = found === file.sha256;
    isWhole &&= ok;
    said({ step: 'file', ok, name: file.path, detail: found });
  }
  const proof = await get(`ledger/proof/${item}`);
  const leaf = await leafOf(manifestBytes);
  const isLeaf = hex(leaf) === proof.leafHash;
  said({ step: 'leaf', ok: isLeaf, detail: hex(leaf) });
  const root = await rootOf(leaf, proof.index, proof.head.size, proof.path.map(bytes));
  const isIncluded = root !== undefined && hex(root) === proof.head.root;
  said({ step: 'ledger', ok: isIncluded, index: proof.index + 1, size: proof.head.size, detail: proof.head.root });
  const signature = await signedHead(proof, said);
  return { ok: isWhole && isLeaf && isIncluded && signature !== false, isSigned: signature === true };
}
