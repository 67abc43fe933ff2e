import type { UnixSeconds } from '@signet/core';

/** A list of tokens of one JWT authority. */
export interface StatusListRecord {
  readonly id: string;
  /** When the last token in it has expired: the authority's end. */
  readonly expiresAt: UnixSeconds;
  /** Indices of revoked tokens, rising. */
  readonly revoked: readonly number[];
}
