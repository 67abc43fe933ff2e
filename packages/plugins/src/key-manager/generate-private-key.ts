import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyType } from '@signet/core';

const generate = promisify(generateKeyPair);

/** A new private key, made in the thread pool. */
export async function generatePrivateKey(type: KeyType): Promise<KeyObject> {
  const { privateKey } = await (type === 'ec-p256'
    ? generate('ec', { namedCurve: 'P-256' })
    : type === 'ec-p384'
      ? generate('ec', { namedCurve: 'P-384' })
      : generate('rsa', { modulusLength: type === 'rsa-2048' ? 2048 : 4096 }));
  return privateKey;
}
