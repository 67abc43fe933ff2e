import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { fixed, type TemplateFunctions } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { stringOf } from './value.ts';

/** Encodings, digests and slash-separated paths of Sprig. */
export const encodingFunctions: TemplateFunctions = new Map([
  ['b64enc', fixed((text) => Buffer.from(stringOf(text)).toString('base64'))],
  ['b64dec', fixed((text) => fromBase64(stringOf(text)))],
  ['b32enc', fixed((text) => base32(Buffer.from(stringOf(text))))],
  ['sha1sum', fixed((text) => digest('sha1', stringOf(text)))],
  ['sha256sum', fixed((text) => digest('sha256', stringOf(text)))],
  ['base', fixed((path) => posix.basename(stringOf(path)) || emptyBase(stringOf(path)))],
  ['dir', fixed((path) => directory(stringOf(path)))],
  ['clean', fixed((path) => clean(stringOf(path)))],
  ['ext', fixed((path) => /\.[^./]*$/.exec(stringOf(path))?.[0] ?? '')],
  ['isAbs', fixed((path) => stringOf(path).startsWith('/'))],
]);

function fromBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new TemplateError('b64dec of text that is not base64');
  const decoded = bytes.toString();
  if (!bytes.equals(Buffer.from(decoded))) throw new TemplateError('b64dec of bytes that are not text');
  return decoded;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((pending >> (bits - 5)) & 31);
  }
  if (bits > 0) text += BASE32.charAt((pending << (5 - bits)) & 31);
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function digest(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

function emptyBase(path: string): string {
  return path === '' ? '.' : '/';
}

function directory(path: string): string {
  return clean(path.slice(0, path.lastIndexOf('/') + 1));
}

function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
