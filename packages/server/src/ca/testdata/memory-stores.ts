import { StoreError, appendToBundle, emptyBundle, pruneBundle, type Bundle, type TrustDomain, type UnixSeconds } from '@signet/core';
import type { BundleAuthorities, BundleStore } from '../../datastore/bundle-store.ts';
import type { CaJournal, CaJournalStore } from '../../datastore/ca-journal-store.ts';

/** Bundles in memory, as the authority uses them. */
export class MemoryBundles implements Pick<BundleStore, 'get' | 'append' | 'prune'> {
  readonly #bundles = new Map<string, Bundle>();
  /** What goes wrong with the next append. */
  failNext: Error | undefined;

  get(trustDomain: TrustDomain): Promise<Bundle | undefined> {
    return Promise.resolve(this.#bundles.get(trustDomain.name));
  }

  append(trustDomain: TrustDomain, { x509Authorities, jwtAuthorities }: BundleAuthorities): Promise<Bundle> {
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure) return Promise.reject(failure);
    const held = this.#bundles.get(trustDomain.name) ?? emptyBundle(trustDomain);
    return this.#put(appendToBundle(held, x509Authorities, jwtAuthorities).bundle);
  }

  async prune(trustDomain: TrustDomain, expiredBefore: UnixSeconds): Promise<boolean> {
    const held = this.#bundles.get(trustDomain.name);
    if (held === undefined) return false;
    const { bundle } = pruneBundle(held, expiredBefore);
    await this.#put(bundle);
    return bundle !== held;
  }

  /** Sets a bundle as it is to be. */
  set(bundle: Bundle): Promise<Bundle> {
    return this.#put(bundle);
  }

  #put(bundle: Bundle): Promise<Bundle> {
    this.#bundles.set(bundle.trustDomain.name, bundle);
    return Promise.resolve(bundle);
  }
}

/** Journals in memory, with the version check of the real store. */
export class MemoryJournals implements Pick<CaJournalStore, 'load' | 'save'> {
  readonly #journals = new Map<string, CaJournal>();
  failNext: Error | undefined;

  load(serverId: string): Promise<CaJournal | undefined> {
    return Promise.resolve(this.#journals.get(serverId));
  }

  save(serverId: string, data: Uint8Array, expectedVersion: number): Promise<number> {
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure) return Promise.reject(failure);
    const held = this.#journals.get(serverId)?.version ?? 0;
    if (held !== expectedVersion) return Promise.reject(new StoreError('ERR_ABORTED', 'the journal was saved by another'));
    this.#journals.set(serverId, { data, version: held + 1 });
    return Promise.resolve(held + 1);
  }

  /** Puts bytes in the place of what was saved. */
  overwrite(serverId: string, data: Uint8Array): void {
    this.#journals.set(serverId, { data, version: this.#journals.get(serverId)?.version ?? 0 });
  }
}
