import type { ErrorCode, IssuerProfile, SpiffeId, TrustDomain, UnixSeconds } from '@signet/core';

/** One leaf to sign, with its lifetime decided: what a signer needs beside the authority. */
export interface LeafOrder {
  /** Untrusted. */
  readonly csrDer: Uint8Array;
  /** `csr` honours the CSR's names and subject; otherwise it gives only the key. */
  readonly names: 'csr' | { readonly spiffeId: SpiffeId; readonly dnsNames: readonly string[] };
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  /** The task that it is issued in; only where the names are given. */
  readonly taskId?: string | undefined;
}

/** What every leaf of one authority has in common. */
export interface LeafIssuer {
  readonly trustDomain: TrustDomain;
  readonly profile: IssuerProfile;
  /** Public keys of our own authorities (SPKI, lower-case hex): never certified as a leaf's. */
  readonly ownKeys: ReadonlySet<string>;
}

/** A signed leaf. */
export interface SignedLeaf {
  readonly ok: true;
  readonly der: Uint8Array;
  readonly spiffeId: SpiffeId;
  /** 16 octets, big-endian. */
  readonly serial: Uint8Array;
}

/**
 * Why an order was not signed.
 *
 * The phase tells the caller which of its own texts belongs in front; `sign` is our fault, the others are the requester's.
 */
export interface SigningFault {
  readonly phase: 'parse' | 'signature' | 'names' | 'sign';
  readonly code: ErrorCode;
  /** Safe to show. */
  readonly message: string;
}

/** Outcome of one order; a refused order is a value, not a throw. */
export type LeafOutcome = SignedLeaf | { readonly ok: false; readonly fault: SigningFault };

export function faulty(
  phase: SigningFault['phase'],
  code: ErrorCode,
  message: string,
): { ok: false; fault: SigningFault } {
  return { ok: false, fault: { phase, code, message } };
}
