import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import {
  AuthorityError,
  assembleSigned,
  buildCsrInfo,
  distinguishedName,
  nowSeconds,
  serverId,
  signWithKey,
  signatureScheme,
  type KeyType,
  type UnixSeconds,
} from '@signet/core';
import type { IssuedX509Svid } from '../ca/certificate-authority.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { agentTexts, refusalOf } from './refusal.ts';

/** The server's own X.509-SVID and its key, as the TLS listener presents it. */
export interface ServerSvid extends IssuedX509Svid {
  /** Lives in memory only; every SVID has a key of its own. */
  readonly key: KeyObject;
  readonly issuedAt: UnixSeconds;
}

/**
 * Issues `spiffe://<td>/spire/server` with a fresh key.
 *
 * @throws {AuthorityError} `ERR_SIGNING_*`, `ERR_AUTHORITY_*`.
 * @spec SPIRE server SVID
 */
export async function issueServerSvid(keyType: KeyType, deps: IssuanceDeps): Promise<ServerSvid> {
  const key = await newKey(keyType);
  const csrDer = ownCsr(key, keyType);
  const issuedAt = nowSeconds(deps.clock);
  const names = { spiffeId: serverId(deps.settings.trustDomain), dnsNames: [] };
  const ttl = deps.settings.defaultX509SvidTtl;
  const outcome = await deps.authority.signX509Svid({ csrDer, names, ttl, origin: { by: 'server' } });
  if (!outcome.ok) throw new AuthorityError(outcome.fault.code, refusalOf(outcome.fault, agentTexts).message);
  return { ...outcome.svid, key: key.privateKey, issuedAt };
}

interface OwnKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

async function newKey(keyType: KeyType): Promise<OwnKey> {
  const generate = promisify(generateKeyPair);
  switch (keyType) {
    case 'ec-p256':
      return generate('ec', { namedCurve: 'P-256' });
    case 'ec-p384':
      return generate('ec', { namedCurve: 'P-384' });
    case 'rsa-2048':
      return generate('rsa', { modulusLength: 2048 });
    case 'rsa-4096':
      return generate('rsa', { modulusLength: 4096 });
  }
}

/** Takes the way of every other leaf: a CSR whose signature proves the key. */
function ownCsr({ privateKey, publicKey }: OwnKey, keyType: KeyType): Uint8Array {
  const spkiDer = publicKey.export({ format: 'der', type: 'spki' });
  const info = buildCsrInfo({
    spkiDer,
    subject: distinguishedName({ country: 'US', organization: 'SPIRE' }),
  });
  return assembleSigned(info, signatureScheme(keyType).algorithmDer, signWithKey(privateKey, info));
}
