import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { PluginError, keyTypeOf } from '@signet/core';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';
import { KeyFileSyntaxError, decodeKeyFile, encodeKeyFile } from './key-file.ts';
import { LocalKey } from './local-key.ts';

const MAX_FILE_BYTES = 1 << 20;

/**
 * The keys in the file; none when there is no file.
 *
 * @throws {PluginError} as `readPrivateFile`, and `ERR_KEY_FILE_DAMAGED` when anything in it is not a sound key.
 */
export async function loadKeys(path: string): Promise<ReadonlyMap<string, LocalKey>> {
  const document = await readPrivateFile(path, MAX_FILE_BYTES);
  if (document === undefined) return new Map();
  try {
    const keys = new Map<string, LocalKey>();
    for (const [id, pkcs8] of decode(document, path)) keys.set(id, importKey(id, pkcs8, path));
    return keys;
  } finally {
    document.fill(0);
  }
}

/** Writes the keys as the file's whole content, privately and atomically. */
export async function saveKeys(path: string, keys: ReadonlyMap<string, LocalKey>): Promise<void> {
  const encoded = new Map([...keys].map(([id, key]) => [id, pkcs8Of(key)]));
  const document = encodeKeyFile(encoded);
  for (const pkcs8 of encoded.values()) pkcs8.fill(0);
  try {
    await writePrivateFile(path, document);
  } finally {
    document.fill(0);
  }
}

function pkcs8Of({ localKey }: LocalKey): Buffer {
  return localKey.export({ format: 'der', type: 'pkcs8' });
}

function decode(document: Uint8Array, path: string): ReadonlyMap<string, Uint8Array> {
  try {
    return decodeKeyFile(document);
  } catch (cause) {
    if (!(cause instanceof KeyFileSyntaxError)) throw cause;
    throw new PluginError('ERR_KEY_FILE_DAMAGED', `${path} is damaged: ${cause.message}`, { cause });
  }
}

function importKey(id: string, pkcs8: Uint8Array, path: string): LocalKey {
  try {
    const key = createPrivateKey({
      key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.byteLength),
      format: 'der',
      type: 'pkcs8',
    });
    const type = keyTypeOf(key);
    if (type === undefined || !signsForItself(key)) throw new Error('unsound key');
    return new LocalKey(id, type, key);
  } catch {
    // No cause: a decoder's message may quote the bytes.
    throw new PluginError(
      'ERR_KEY_FILE_DAMAGED',
      `${path} is damaged: key ${JSON.stringify(id)} cannot be used`,
    );
  } finally {
    pkcs8.fill(0);
  }
}

/** A flipped bit may leave both halves well-formed; then they no longer belong together. */
function signsForItself(key: KeyObject): boolean {
  const probe = Buffer.from('key file check');
  return verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key));
}
