import { createPublicKey, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyType } from '@signet/core';
import type { KeyManager, ManagedKey } from '@signet/plugins';

const generate = promisify(generateKeyPair);

/** Keys in memory; `remote` ones hide the private half, as a key management service does. */
export class MemoryKeys implements KeyManager {
  readonly #keys = new Map<string, ManagedKey>();
  readonly #remote: boolean;

  constructor(options: { readonly remote?: boolean } = {}) {
    this.#remote = options.remote ?? false;
  }

  async generateKey(id: string, type: KeyType): Promise<ManagedKey> {
    const key = managedKey(id, type, await newPrivateKey(type), this.#remote);
    this.#keys.set(id, key);
    return key;
  }

  getKey(id: string): Promise<ManagedKey | undefined> {
    return Promise.resolve(this.#keys.get(id));
  }

  getKeys(): Promise<readonly ManagedKey[]> {
    return Promise.resolve([...this.#keys.values()]);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Loses a key. */
  lose(id: string): void {
    this.#keys.delete(id);
  }
}

export async function newPrivateKey(type: KeyType): Promise<KeyObject> {
  if (type === 'ec-p256') return (await generate('ec', { namedCurve: 'P-256' })).privateKey;
  if (type === 'ec-p384') return (await generate('ec', { namedCurve: 'P-384' })).privateKey;
  return (await generate('rsa', { modulusLength: type === 'rsa-2048' ? 2048 : 4096 })).privateKey;
}

function managedKey(id: string, type: KeyType, key: KeyObject, remote: boolean): ManagedKey {
  const spkiDer = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const hash = type === 'ec-p384' ? 'sha384' : 'sha256';
  const signData = (data: Uint8Array): Promise<Uint8Array> => Promise.resolve(sign(hash, data, key));
  return { id, type, spkiDer, sign: signData, ...(!remote && { localKey: key }) };
}
