import type { Revocation, RevocationReason, UnixSeconds } from '@signet/core';

/**
 * Sequences are microseconds since the epoch, as long as the clock goes on: a database that was restored cannot give one
 * that was given after its backup. Fine enough for a million revocations a second.
 */
export const SEQUENCES_PER_SECOND = 1_000_000;

/** Who revoked, and why. */
export interface RevocationGrounds {
  readonly reason: RevocationReason;
  /** A SPIFFE ID, `local:uid:…`, or what happened: `entry deleted`, `agent banned`, … */
  readonly actor: string;
  readonly comment: string;
}

/** A revocation as it was recorded. */
export type RecordedRevocation = Revocation & Pick<RevocationGrounds, 'actor' | 'comment'>;

/** What an operator wants revoked. */
export type RevokeTarget =
  /** An X509-SVID. `authorityId` '': of whichever authority; `isOurs` lets one pass that the ledger does not know. */
  | {
      readonly kind: 'x509';
      readonly authorityId: string;
      readonly serialHex: string;
      readonly isOurs: boolean;
    }
  /** A JWT-SVID; with the expiry of a token that was shown and verified also one that the ledger does not know. */
  | { readonly kind: 'jwt'; readonly jti: string; readonly expiresAt: UnixSeconds }
  /** All that was issued for an entry. */
  | { readonly kind: 'entry'; readonly entryId: string }
  /** The agent's own SVIDs and all that it fetched. */
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'task'; readonly taskId: string }
  /** All that was issued to a SPIFFE ID, or to those below it, up to a moment. */
  | {
      readonly kind: 'subject';
      readonly spiffeId: string;
      readonly isPrefix: boolean;
      readonly issuedUntil: UnixSeconds;
      /** Takes one by one what was issued after that moment, by a clock that has been set back since. */
      readonly takesNewer?: boolean;
    };

/** A revocation to carry out. */
export interface RevokeOrder extends RevocationGrounds {
  readonly target: RevokeTarget;
  /** When nothing is valid any more that an authority of today can have signed. */
  readonly horizon: UnixSeconds;
  /** Only counts. */
  readonly isDryRun: boolean;
}

/** What a revocation reached. */
export interface RevokeResult {
  /** Newest sequence that it was given; 0 for a dry run, and when nothing was hit. */
  readonly revocation: number;
  readonly x509Svids: number;
  readonly jwtSvids: number;
}

/** A revoked X.509-SVID, as a CRL names it. */
export interface RevokedSerial {
  readonly authorityId: string;
  readonly serialHex: string;
  readonly revokedAt: UnixSeconds;
  readonly reason: RevocationReason;
}

/**
 * What was revoked. Deleting or changing an entry, and banning or deleting an agent, write their revocations here in
 * their own transactions.
 */
export interface RevocationStore {
  /**
   * Finds in the ledger what is still active, revokes it and notes it there, in one transaction.
   *
   * @throws {StoreError} `ERR_NOT_FOUND` the ledger knows no such serial, `jti` or entry; `ERR_INVALID_ARGUMENT` a serial
   *   of several authorities without naming one.
   */
  revoke(order: RevokeOrder): Promise<RevokeResult>;

  /** Those above a sequence that still hold, by rising sequence. */
  list(after: number, limit: number): Promise<readonly RecordedRevocation[]>;

  /** The highest sequence ever given; 0 for none. */
  latest(): Promise<number>;

  /** The X.509-SVIDs that are revoked at a time and were valid a moment ago, in portions, in no particular order. */
  revokedSerials(at: UnixSeconds): AsyncIterable<readonly RevokedSerial[]>;

  /** `jti`s of the JWT-SVIDs that are revoked at a time and were valid a moment ago, each at least once, in portions. */
  revokedTokenIds(at: UnixSeconds): AsyncIterable<readonly string[]>;

  /** Brings back revocations that the database lacks, with their sequences; how many it lacked. */
  restore(revocations: readonly RecordedRevocation[]): Promise<number>;

  /** Gives no sequence any more that is not above this one. */
  raiseSequence(above: number): Promise<void>;

  /** Forgets those that hold no longer; how many. */
  prune(at: UnixSeconds): Promise<number>;
}
