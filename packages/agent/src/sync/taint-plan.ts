import { type Bundle, parseCertificate } from '@signet/core';

/** The authorities of a bundle that are no longer to be relied on, though they are still in it. */
export interface Taints {
  /** subject key IDs, hex. An authority without one cannot be told apart, and is not here. */
  readonly x509: ReadonlySet<string>;
  /** key IDs of JWT authorities. */
  readonly jwt: ReadonlySet<string>;
}

/** No authority is tainted. */
export const NO_TAINTS: Taints = { x509: new Set(), jwt: new Set() };

/** The tainted authorities of a bundle. */
export function taintsOf(bundle: Bundle): Taints {
  const x509 = bundle.x509Authorities
    .filter((authority) => authority.tainted)
    .map(({ der }) => subjectKeyId(der));
  const jwt = bundle.jwtAuthorities.filter((authority) => authority.tainted).map(({ keyId }) => keyId);
  return { x509: new Set(x509.filter((keyId) => keyId !== undefined)), jwt: new Set(jwt) };
}

/** What is tainted now and was not before. */
export function newTaints(before: Taints, now: Taints): Taints {
  return { x509: without(now.x509, before.x509), jwt: without(now.jwt, before.jwt) };
}

function without(set: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...set].filter((member) => !other.has(member)));
}

function subjectKeyId(der: Uint8Array): string | undefined {
  const keyId = parseCertificate(der).subjectKeyId;
  return keyId === undefined ? undefined : Buffer.from(keyId).toString('hex');
}
