import type { UnixSeconds } from '../time.ts';

/** Why a credential was taken back, as far as CRLs have a word for it. @spec RFC 5280 §5.3.1 */
export type RevocationReason =
  'unspecified' | 'keyCompromise' | 'superseded' | 'cessationOfOperation' | 'privilegeWithdrawn';

/** The numbers of the reasons in CRLs, on the wire and in the datastore. @spec RFC 5280 §5.3.1 */
export const REVOCATION_REASON_CODES: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
};

/** What is revoked. */
export type RevocationTarget =
  | {
      readonly kind: 'x509';
      /** Subject key ID of the authority that signed it, lower-case hex. */
      readonly authorityId: string;
      /** As `Certificate.serialHex`: lower-case, whole octets, no leading zero octets. */
      readonly serialHex: string;
    }
  | { readonly kind: 'jwt'; readonly jti: string }
  | { readonly kind: 'task'; readonly taskId: string }
  | {
      readonly kind: 'subject';
      /** With `isPrefix`, `spiffe://td/a` covers `/a` and `/a/b`, not `/ab`; `spiffe://td` covers all. */
      readonly spiffeId: string;
      readonly isPrefix: boolean;
      /** Covered is what was issued at this second or earlier. */
      readonly issuedUntil: UnixSeconds;
    };

/** One revocation. It holds until `expiresAt`, when the last credential that it covers has expired by itself. */
export interface Revocation {
  /** Rises strictly; never given twice by one trust domain's server. */
  readonly sequence: number;
  readonly reason: RevocationReason;
  readonly revokedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly target: RevocationTarget;
}

/** The reason that a number stands for; undefined for numbers that are not used here. */
export function revocationReasonOf(code: number): RevocationReason | undefined {
  for (const [reason, number] of Object.entries(REVOCATION_REASON_CODES)) {
    if (number === code) return reason as RevocationReason;
  }
  return undefined;
}
