import type { Bundle, TrustDomain, UnixSeconds } from '@signet/core';
import type { Page, PageRequest } from './page.ts';

/** Which parts of a stored bundle an update replaces. */
export interface BundleMask {
  readonly x509Authorities: boolean;
  readonly jwtAuthorities: boolean;
  readonly refreshHint: boolean;
  readonly sequenceNumber: boolean;
}

/** What deleting a bundle does to entries that federate with it. */
export type BundleDeleteMode = 'restrict' | 'dissociate' | 'delete';

/** Authorities to add to a bundle. */
export type BundleAuthorities = Pick<Bundle, 'x509Authorities' | 'jwtAuthorities'>;

/** Trust bundles: our own and those of federated trust domains. Every change is told to the change log. */
export interface BundleStore {
  /** The bundle of that trust domain. */
  get(trustDomain: TrustDomain): Promise<Bundle | undefined>;

  /** Bundles, oldest first, our own included. @throws {StoreError} `ERR_STORE_PAGE_TOKEN` the page token is not one of ours. */
  list(page: PageRequest): Promise<Page<Bundle>>;

  /** How many bundles there are, our own included. */
  count(): Promise<number>;

  /** Stores a new bundle as given. @throws {StoreError} `ERR_ALREADY_EXISTS`. */
  create(bundle: Bundle): Promise<Bundle>;

  /** Replaces the flagged parts of a bundle. @throws {StoreError} `ERR_NOT_FOUND`. */
  update(bundle: Bundle, mask: BundleMask): Promise<Bundle>;

  /** Creates or replaces a bundle as given. */
  set(bundle: Bundle): Promise<Bundle>;

  /**
   * Deletes a bundle.
   *
   * `restrict` refuses while entries federate with it, `dissociate` takes the domain out of them (revision + 1),
   * `delete` deletes them.
   *
   * @throws {StoreError} `ERR_NOT_FOUND`; `ERR_FAILED_PRECONDITION` entries federate (restrict).
   */
  delete(trustDomain: TrustDomain, mode: BundleDeleteMode): Promise<void>;

  /**
   * Adds authorities that are not there yet; creates the bundle when there is none.
   *
   * An X.509 authority is the same when its DER is, a JWT authority when key ID and key are. A new bundle starts with
   * sequence number 0; one that gained something gets the next number.
   *
   * @param most - authorities that the bundle may have then; without it any number.
   * @throws {StoreError} `ERR_BUNDLE_DUPLICATE_KEY_ID` a key ID belongs to another key; `ERR_RESOURCE_EXHAUSTED` it would
   *   have too many.
   */
  append(trustDomain: TrustDomain, authorities: BundleAuthorities, most?: number): Promise<Bundle>;

  /**
   * Removes authorities that expired before `expiredBefore`, never the last X.509 or the last JWT authority that
   * would be left. Whether anything was removed (sequence number + 1).
   *
   * @throws {StoreError} `ERR_NOT_FOUND` no bundle.
   */
  prune(trustDomain: TrustDomain, expiredBefore: UnixSeconds): Promise<boolean>;

  /**
   * Marks the X.509 authority with this subject key ID (hex) as tainted; sequence number + 1.
   *
   * @throws {StoreError} `ERR_NOT_FOUND` no bundle; `ERR_BUNDLE_AUTHORITY_NOT_FOUND`; `ERR_BUNDLE_ALREADY_TAINTED`.
   */
  taintX509Authority(trustDomain: TrustDomain, subjectKeyId: string): Promise<Bundle>;

  /** Removes a tainted X.509 authority; errors as `taintX509Authority`, `ERR_BUNDLE_NOT_TAINTED`. */
  revokeX509Authority(trustDomain: TrustDomain, subjectKeyId: string): Promise<Bundle>;

  /** Marks the JWT authority as tainted; sequence number + 1. Errors as `taintX509Authority`. */
  taintJwtAuthority(trustDomain: TrustDomain, keyId: string): Promise<Bundle>;

  /** Removes a tainted JWT authority; errors as `revokeX509Authority`. */
  revokeJwtAuthority(trustDomain: TrustDomain, keyId: string): Promise<Bundle>;
}
