import type { SpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import type { Seconds, UnixSeconds } from '../time.ts';
import type { Selector } from './selector.ts';
import { normalizeSelectors, formatSelector } from './selector.ts';

/** Which workload (by selectors, below a parent) gets which SPIFFE ID, and how. */
export interface RegistrationEntry {
  /** 1 to 255 of `[A-Za-z0-9._-]`. */
  readonly id: string;
  readonly parentId: SpiffeId;
  readonly spiffeId: SpiffeId;
  /** At least one, in the order given. */
  readonly selectors: readonly Selector[];
  /** 0: the server's default. */
  readonly x509SvidTtl: Seconds;
  /** 0: the server's default. */
  readonly jwtSvidTtl: Seconds;
  readonly federatesWith: readonly TrustDomain[];
  readonly admin: boolean;
  readonly downstream: boolean;
  /** 0: never. */
  readonly expiresAt: UnixSeconds;
  /** In the order given; the first becomes the common name. */
  readonly dnsNames: readonly string[];
  /** 0 when created, then one more at each accepted update. */
  readonly revisionNumber: number;
  readonly storeSvid: boolean;
  readonly hint: string;
  readonly createdAt: UnixSeconds;
  readonly disableX509SvidPrefetch: boolean;
  readonly jwtSvidIncludeJti: boolean;
}

/** The three fields that make two entries similar. */
export type EntryIdentity = Pick<RegistrationEntry, 'parentId' | 'spiffeId' | 'selectors'>;

/** A text equal for two entries exactly when they are similar: same parent, same SPIFFE ID, same selector set. */
export function similarityKey(entry: EntryIdentity): string {
  const selectors = normalizeSelectors(entry.selectors).map(formatSelector);
  // JSON keeps the parts apart whatever bytes the selector values hold.
  return JSON.stringify([entry.parentId.uri, entry.spiffeId.uri, ...selectors]);
}

/** Whether both entries give the same ID to the same workloads below the same parent. */
export function areSimilarEntries(a: EntryIdentity, b: EntryIdentity): boolean {
  return similarityKey(a) === similarityKey(b);
}

/** Whether the entry has expired at `at`. */
export function isExpiredEntry(entry: Pick<RegistrationEntry, 'expiresAt'>, at: UnixSeconds): boolean {
  return entry.expiresAt !== 0 && entry.expiresAt < at;
}
