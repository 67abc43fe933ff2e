import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { signatureScheme, type KeyType } from '@signet/core';
import type { ManagedKey } from '../kinds/key-manager.ts';

const signAsync = promisify(sign);

/** A managed key whose private half lives in this process, as a KeyObject. */
export class LocalKey implements ManagedKey {
  readonly id: string;
  readonly type: KeyType;
  readonly spkiDer: Uint8Array;
  readonly localKey: KeyObject;

  constructor(id: string, type: KeyType, privateKey: KeyObject) {
    this.id = id;
    this.type = type;
    this.localKey = privateKey;
    this.spkiDer = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  }

  /** Signs in the thread pool: an RSA-4096 signature takes milliseconds. */
  async sign(data: Uint8Array): Promise<Uint8Array> {
    return await signAsync(signatureScheme(this.type).hash, data, this.localKey);
  }
}
