import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  assembleSigned,
  buildCsrInfo,
  distinguishedName,
  type KeyType,
  signatureScheme,
  type SpiffeId,
} from '@signet/core';
import type { SvidKey } from './x509-svid-record.ts';

/** Kinds of keys that workloads get. @spec SPIRE agent configuration, `workload_x509_svid_key_type` */
export type WorkloadKeyType = Extract<KeyType, 'ec-p256' | 'ec-p384' | 'rsa-2048'>;

/** A fresh key and the request to certify it. */
export interface KeyAndRequest extends SvidKey {
  readonly csrDer: Uint8Array;
}

/** The subject that SPIRE's agents ask for; servers put their own in its place. */
const SUBJECT: Uint8Array = distinguishedName({ country: 'US', organization: 'SPIRE' });

/** Makes a key and a request for it, on the calling thread. @param id - goes into the request; absent for the agent's own. */
export function makeKeyAndRequest(type: WorkloadKeyType, id?: SpiffeId): KeyAndRequest {
  const { publicKey, privateKey } = generate(type);
  const spkiDer = publicKey.export({ type: 'spki', format: 'der' });
  const keyPkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { spkiDer, keyPkcs8, csrDer: signRequest(type, privateKey, spkiDer, id) };
}

function signRequest(
  type: KeyType,
  key: KeyObject,
  spkiDer: Uint8Array,
  id: SpiffeId | undefined,
): Uint8Array {
  const scheme = signatureScheme(type);
  const info = requestInfo(spkiDer, id);
  return assembleSigned(info, scheme.algorithmDer, sign(scheme.hash, info, key));
}

/** The part of a request that is signed. */
export function requestInfo(spkiDer: Uint8Array, id?: SpiffeId): Uint8Array {
  return buildCsrInfo({ spkiDer, subject: SUBJECT, ...(id === undefined ? {} : { uriSan: id.uri }) });
}

function generate(type: WorkloadKeyType): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (type) {
    case 'ec-p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ec-p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 'rsa-2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}
