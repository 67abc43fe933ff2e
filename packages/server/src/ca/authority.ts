import type { BundleJwtAuthority, Certificate, Seconds, UnixSeconds } from '@signet/core';
import type { ManagedKey } from '@signet/plugins';

/** The two kinds of authority: one signs X.509-SVIDs, the other JWT-SVIDs. */
export type AuthorityKind = 'x509' | 'jwt';

/** What is signed is valid from this long ago: clocks of those who verify may be behind ours. */
export const BACKDATE_SECONDS = 10;

/** Each kind has two slots; one signs while the other waits or is kept for what it signed. */
export type SlotName = 'A' | 'B';

/**
 * Where an authority stands: `prepared` is published but signs nothing, `active` signs, `old` signed before.
 *
 * @spec SPIRE LocalAuthority API
 */
export type SlotStatus = 'prepared' | 'active' | 'old';

interface AuthorityInSlot {
  readonly slot: SlotName;
  readonly status: SlotStatus;
  /** X.509: lower-case hex of the CA's subject key identifier. JWT: the `kid`. */
  readonly authorityId: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly key: ManagedKey;
}

/** An X.509 authority and the handle on its key. */
export interface X509Authority extends AuthorityInSlot {
  readonly kind: 'x509';
  readonly certificate: Certificate;
}

/** A JWT authority and the handle on its key. */
export interface JwtSigningAuthority extends AuthorityInSlot {
  readonly kind: 'jwt';
  readonly published: BundleJwtAuthority;
}

export type Authority = X509Authority | JwtSigningAuthority;

/** Lifetime from issue to expiry, in seconds. */
export function lifetimeOf(authority: { issuedAt: UnixSeconds; expiresAt: UnixSeconds }): Seconds {
  return authority.expiresAt - authority.issuedAt;
}

/** The key manager's id of a slot's key: `x509-CA-A`, `JWT-Signer-B`, … */
export function slotKeyId(kind: AuthorityKind, slot: SlotName): string {
  return kind === 'x509' ? `x509-CA-${slot}` : `JWT-Signer-${slot}`;
}

export function otherSlot(slot: SlotName): SlotName {
  return slot === 'A' ? 'B' : 'A';
}

/** The fields of a log line about an authority, named as SPIRE names them. */
export function logFieldsOf(authority: Authority): Readonly<Record<string, string | boolean>> {
  return {
    slot: authority.slot,
    local_authority_id: authority.authorityId,
    issued_at: timestamp(authority.issuedAt),
    expiration: timestamp(authority.expiresAt),
    ...(authority.kind === 'x509' && { self_signed: true }),
  };
}

function timestamp(at: UnixSeconds): string {
  return new Date(at * 1000).toISOString().replace('.000Z', 'Z');
}
