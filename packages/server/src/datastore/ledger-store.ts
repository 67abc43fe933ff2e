import type { SpiffeId, UnixSeconds } from '@signet/core';
import type { Page, PageRequest } from './page.ts';

/** A credential as it was issued; never the credential itself. */
export interface LedgerRecord {
  readonly kind: 'x509' | 'jwt';
  /** Subject key ID (X.509) or key ID (JWT) of the authority that signed. */
  readonly authorityId: string;
  /** X.509: serial, lower-case hex. JWT: `jti`, '' for a token without one. */
  readonly credential: string;
  readonly spiffeId: string;
  /** '' for what was minted, for agents' own SVIDs and the server's. */
  readonly entryId: string;
  /** SPIFFE ID; '' for what was minted and for the server's own. */
  readonly agentId: string;
  /** '' outside of tasks. */
  readonly taskId: string;
  /** What justified it. */
  readonly evidence: readonly string[];
  /** Empty for X.509. */
  readonly audience: readonly string[];
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

/** A record that has its place in the ledger. */
export interface LedgerRow extends LedgerRecord {
  readonly position: number;
  /** Sequence of what revoked it; 0: it was not revoked. */
  readonly revocation: number;
  /** 0 when it was not revoked. */
  readonly revokedAt: UnixSeconds;
}

/** A part of a journal file, with what it holds. */
export interface JournalPart {
  /** Name of the file. */
  readonly journal: string;
  /** Offsets, bytes: the part begins where the part before it ended. */
  readonly from: number;
  readonly to: number;
  /** As `formatLedgerRecord` writes them. */
  readonly records: readonly string[];
}

/** Which rows; all that is present must hold. */
export interface LedgerFilter {
  readonly spiffeId?: SpiffeId;
  /** Takes `spiffeId` with all below it. */
  readonly isPrefix?: boolean;
  readonly entryId?: string;
  /** SPIFFE ID. */
  readonly agentId?: string;
  readonly taskId?: string;
  readonly serialHex?: string;
  readonly jti?: string;
  readonly kind?: LedgerRecord['kind'];
  /** Neither expired by then nor revoked. */
  readonly activeAt?: UnixSeconds;
  readonly issuedBefore?: UnixSeconds;
}

/** The ledger of what was issued, fed from the journal. */
export interface LedgerStore {
  /**
   * Takes over a part of a journal, in one transaction with how far the journal has been taken over. A part that was
   * taken over before changes nothing.
   *
   * @throws {StoreError} `ERR_ABORTED` the part is not the next one of its journal; `ERR_LEDGER_RECORD` a record is malformed.
   */
  append(part: JournalPart): Promise<void>;

  /** How many bytes of each journal file have been taken over. */
  journals(): Promise<ReadonlyMap<string, number>>;

  /** Forgets a journal file that is gone. */
  forgetJournal(name: string): Promise<void>;

  /** The highest position ever given; 0 for none. */
  latest(): Promise<number>;

  /**
   * Rows that pass the filter, newest first.
   *
   * @throws {StoreError} `ERR_STORE_PAGE_TOKEN` the page token is not one of ours.
   */
  find(filter: LedgerFilter, page: PageRequest): Promise<Page<LedgerRow>>;

  /** Deletes rows that expired before `expiredBefore`; how many. */
  prune(expiredBefore: UnixSeconds): Promise<number>;
}
