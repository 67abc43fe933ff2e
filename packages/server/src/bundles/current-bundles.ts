import {
  type Bundle,
  type TrustDomain,
  type X509Bundle,
  x509BundleOf,
  type X509BundleSource,
} from '@signet/core';
import { type Logger } from '@signet/daemon';
import { type BundleStore } from '../datastore/bundle-store.ts';
import { type ChangeLog } from '../datastore/change-log.ts';

interface CurrentBundle {
  readonly bundle: Bundle;
  readonly x509: X509Bundle;
}

/**
 * The bundles that the server itself trusts by, in memory: its own and those of foreign admins.
 *
 * Read anew after each change of a bundle, and every second by whoever keeps this (see `refresh`), so that what the
 * TLS handshake checks against is at most a second old.
 */
export class CurrentBundles implements X509BundleSource {
  readonly #store: Pick<BundleStore, 'get'>;
  readonly #domains: readonly TrustDomain[];
  readonly #log: Logger;
  #bundles: ReadonlyMap<string, CurrentBundle> = new Map();
  #refreshing: Promise<void> | undefined;
  #isStale = false;

  /** @param domains - the own trust domain and those of `admin_ids`. */
  constructor(domains: readonly TrustDomain[], store: Pick<BundleStore, 'get'>, log: Logger) {
    this.#domains = domains;
    this.#store = store;
    this.#log = log;
  }

  /** Follows the changes of the datastore. @returns ends it. */
  follow(changes: Pick<ChangeLog, 'onCommit'>): () => void {
    return changes.onCommit((committed) => {
      if (committed.some((change) => change.kind === 'bundle')) void this.refresh();
    });
  }

  /** Reads the bundles again; when that fails the last good ones stay. Never rejects. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#refreshUntilFresh().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** Resolves when what is known is not older than now: who reads after a write finds it. */
  async settled(): Promise<void> {
    await this.#refreshing;
  }

  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return this.#bundles.get(trustDomain.name)?.x509;
  }

  /** The bundle as it was last read. */
  bundle(trustDomain: TrustDomain): Bundle | undefined {
    return this.#bundles.get(trustDomain.name)?.bundle;
  }

  async #refreshUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#bundles = await this.#read();
      } catch (error) {
        this.#log.error('Failed to read trust bundles', { error });
      }
    }
  }

  async #read(): Promise<ReadonlyMap<string, CurrentBundle>> {
    const found = new Map<string, CurrentBundle>();
    for (const trustDomain of this.#domains) {
      const bundle = await this.#store.get(trustDomain);
      if (bundle !== undefined)
        found.set(trustDomain.name, this.#reuse(bundle) ?? { bundle, x509: x509BundleOf(bundle) });
    }
    return found;
  }

  // Certificates are parsed once per version of a bundle.
  #reuse(bundle: Bundle): CurrentBundle | undefined {
    const known = this.#bundles.get(bundle.trustDomain.name);
    return known !== undefined && sameAuthorities(known.bundle, bundle)
      ? { bundle, x509: known.x509 }
      : undefined;
  }
}

function sameAuthorities(a: Bundle, b: Bundle): boolean {
  if (a.x509Authorities.length !== b.x509Authorities.length) return false;
  return a.x509Authorities.every(({ der }, index) => {
    const other = b.x509Authorities[index];
    return other !== undefined && Buffer.compare(der, other.der) === 0;
  });
}
