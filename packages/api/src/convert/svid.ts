import type { SpiffeId, UnixSeconds } from '@signet/core';
import type { JWTSVIDInput } from '../gen/spire/api/types/JWTSVID.ts';
import type { X509SVIDInput } from '../gen/spire/api/types/X509SVID.ts';
import { spiffeIdToWire } from './spiffe-id.ts';

/** What is known of an X.509-SVID when it has been signed. */
export interface IssuedX509Svid {
  readonly id: SpiffeId;
  /** DER, the leaf first, without the root. */
  readonly chain: readonly Uint8Array[];
  readonly expiresAt: UnixSeconds;
}

/** What is known of a JWT-SVID when it has been signed. */
export interface IssuedJwtSvid {
  readonly id: SpiffeId;
  readonly token: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

/** An X.509-SVID as the server APIs carry it. The hint stays empty: agents take hints from entries. */
export function x509SvidToWire({ id, chain, expiresAt }: IssuedX509Svid): X509SVIDInput {
  return { cert_chain: [...chain], id: spiffeIdToWire(id), expires_at: expiresAt };
}

/** A JWT-SVID as the server APIs carry it. */
export function jwtSvidToWire({ id, token, issuedAt, expiresAt }: IssuedJwtSvid): JWTSVIDInput {
  return { token, id: spiffeIdToWire(id), expires_at: expiresAt, issued_at: issuedAt };
}
