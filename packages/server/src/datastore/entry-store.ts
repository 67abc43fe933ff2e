import type {
  MatchBehavior,
  RegistrationEntry,
  Selector,
  SpiffeId,
  StoreError,
  TrustDomain,
  UnixSeconds,
} from '@signet/core';
import type { Page, PageRequest } from './page.ts';

/** The fields of an entry that a caller may set. */
export type EntryFields = Omit<RegistrationEntry, 'id' | 'revisionNumber' | 'createdAt'>;

/** An entry to create. Without `id` the store chooses a random UUID. */
export interface NewEntry extends EntryFields {
  readonly id?: string;
}

/** What became of one entry of a create batch. */
export type CreateEntryOutcome =
  | { readonly outcome: 'created'; readonly entry: RegistrationEntry }
  /** An entry with the same parent, SPIFFE ID and exact selector set exists; it is returned and nothing was changed. */
  | { readonly outcome: 'similar'; readonly entry: RegistrationEntry }
  | { readonly outcome: 'refused'; readonly error: StoreError };

/** An update: the fields present are replaced, the others stay. An empty `fields` still raises the revision. */
export interface EntryUpdate {
  readonly id: string;
  readonly fields: Partial<EntryFields>;
}

/** What became of one entry of an update batch. */
export type UpdateEntryOutcome =
  | { readonly outcome: 'updated'; readonly entry: RegistrationEntry }
  | { readonly outcome: 'refused'; readonly error: StoreError };

/** Which entries a list or count covers; what is absent does not filter, all that is present must hold. */
export interface EntryFilter {
  readonly parentId?: SpiffeId;
  readonly spiffeId?: SpiffeId;
  readonly selectors?: { readonly values: readonly Selector[]; readonly match: MatchBehavior };
  readonly federatesWith?: { readonly values: readonly TrustDomain[]; readonly match: MatchBehavior };
  /** '' does not filter. */
  readonly hint?: string;
  /** true keeps downstream entries only, false does not filter. */
  readonly downstream?: boolean;
}

/**
 * Registration entries.
 *
 * Every change is written together with its row in the change log. Rules on single fields (IDs, TTLs, DNS names)
 * are the caller's; the store keeps what needs the other rows: uniqueness, similarity, federated bundles.
 */
export interface EntryStore {
  /**
   * Creates entries, each on its own: one that is refused does not keep the others back.
   *
   * Refusals: `ERR_ALREADY_EXISTS` the ID is taken, or a selector or DNS name is named twice;
   * `ERR_STORE_FEDERATED_BUNDLE` a federated trust domain has no stored bundle.
   *
   * @returns one outcome per entry, in the order given; durable when the promise resolves.
   */
  create(entries: readonly NewEntry[]): Promise<readonly CreateEntryOutcome[]>;

  /** The entry of that ID. */
  get(id: string): Promise<RegistrationEntry | undefined>;

  /**
   * Entries that pass the filter, oldest first.
   *
   * @throws {StoreError} `ERR_STORE_PAGE_TOKEN` the page token is not one of ours.
   * @throws {StoreError} `ERR_INVALID_ARGUMENT` a match against an empty set.
   */
  list(filter: EntryFilter, page: PageRequest): Promise<Page<RegistrationEntry>>;

  /** How many entries pass the filter. */
  count(filter: EntryFilter): Promise<number>;

  /**
   * Replaces fields of entries and raises each revision by one. Similarity is not checked.
   *
   * Refusals: `ERR_NOT_FOUND`; `ERR_ALREADY_EXISTS` and `ERR_STORE_FEDERATED_BUNDLE` as in `create`.
   */
  update(updates: readonly EntryUpdate[]): Promise<readonly UpdateEntryOutcome[]>;

  /** Deletes entries; for each ID whether it existed. */
  delete(ids: readonly string[]): Promise<readonly boolean[]>;

  /** IDs of entries that expired before `at`, at most `limit`. */
  expired(at: UnixSeconds, limit: number): Promise<readonly string[]>;

  /** Deletes those of the entries that expired before `at`, also when they are looked at again; how many. */
  deleteExpired(ids: readonly string[], at: UnixSeconds): Promise<number>;
}
