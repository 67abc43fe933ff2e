import { createPublicKey } from 'node:crypto';
import {
  attachJwtSignature,
  encodeJwtClaims,
  encodeJwtHeader,
  jwtSigningAlgorithmOf,
  prepareJwtSigner,
  type JwtSigner,
  type JwtSvidClaims,
} from '@signet/core';
import type { JwtSigningAuthority } from './authority.ts';

/** Makes tokens with one JWT authority; at once when its key is in this process. */
export type SignJwt = (claims: JwtSvidClaims) => string | Promise<string>;

/**
 * Prepares a signer for an authority.
 *
 * @throws {SvidError} `ERR_JWT_SIGNER_KEY` the key is of no type that JWT-SVIDs may use.
 */
export function signJwtWith({ key, authorityId }: Pick<JwtSigningAuthority, 'key' | 'authorityId'>): SignJwt {
  if (key.localKey !== undefined) {
    return signWherePaysOff(prepareJwtSigner({ key: key.localKey, keyId: authorityId }));
  }
  const publicKey = createPublicKey({ key: Buffer.from(key.spkiDer), format: 'der', type: 'spki' });
  const algorithm = jwtSigningAlgorithmOf(publicKey);
  const header = encodeJwtHeader(algorithm, authorityId);
  return async (claims) => {
    const input = `${header}.${encodeJwtClaims(claims)}`;
    return attachJwtSignature(algorithm, input, await key.sign(new TextEncoder().encode(input)));
  };
}

/**
 * A lone P-256 signature costs less on the event loop than a hop to another thread. Where tokens are asked for side by
 * side the pool is awake, a hop costs a fifth of a signature, and the event loop is what is short. Other keys are slow
 * enough to hold up the loop.
 */
function signWherePaysOff(signer: JwtSigner): SignJwt {
  const isQuick = signer.algorithm === 'ES256';
  let inPool = 0;
  let isFirstOfTurn = true;
  return (claims) => {
    if (isQuick && inPool === 0 && isFirstOfTurn) {
      isFirstOfTurn = false;
      setImmediate(() => {
        isFirstOfTurn = true;
      });
      return signer.sign(claims);
    }
    inPool += 1;
    return signer.signInPool(claims).finally(() => {
      inPool -= 1;
    });
  };
}
