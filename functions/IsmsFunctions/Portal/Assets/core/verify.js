// Checks evidence in the browser, trusting nobody's word but the hashes': RFC 6962 inclusion in the ledger, and the signature of its head.

import { bytesOf, get } from './api.js';

const hex = bytes => Array.from(new Uint8Array(bytes), b => b.toString(16).padStart(2, '0')).join('');
const bytes = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
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

/** Checks each file's bytes, then the manifest's place in the ledger. `said({ step, ok, … })` hears of each step. */
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
  return isWhole && isLeaf && isIncluded;
}
