import type { Bundle, RegistrationEntry, TrustDomain, X509BundleSource } from '@signet/core';
import { type X509Bundle, x509BundleOf } from '@signet/core';
import { sameBundle } from './same-bundle.ts';
import { SelectorIndex } from './selector-index.ts';
import type { X509SvidRecord } from './x509-svid-record.ts';

/**
 * What the agent knows and hands out: entries, their X.509-SVIDs, and bundles.
 *
 * Values that did not change stay the same objects, so that readers can compare by identity. Listeners run after each
 * change that can be seen, once for each call that made one.
 */
export class AgentCache implements X509BundleSource {
  readonly #trustDomain: TrustDomain;
  #entries: ReadonlyMap<string, RegistrationEntry> = new Map();
  #index = new SelectorIndex([]);
  readonly #svids = new Map<string, X509SvidRecord>();
  readonly #bundles = new Map<string, Bundle>();
  #crls: readonly Uint8Array[] = [];
  readonly #x509Bundles = new WeakMap<Bundle, X509Bundle>();
  readonly #listeners = new Set<() => void>();
  #entriesVersion = 0;
  #version = 0;

  constructor(trustDomain: TrustDomain) {
    this.#trustDomain = trustDomain;
  }

  get trustDomain(): TrustDomain {
    return this.#trustDomain;
  }

  get entries(): ReadonlyMap<string, RegistrationEntry> {
    return this.#entries;
  }

  get svids(): ReadonlyMap<string, X509SvidRecord> {
    return this.#svids;
  }

  /** By name of trust domain. */
  get bundles(): ReadonlyMap<string, Bundle> {
    return this.#bundles;
  }

  /** Rises whenever anything changes. */
  get version(): number {
    return this.#version;
  }

  /** Rises whenever the set of entries changes. */
  get entriesVersion(): number {
    return this.#entriesVersion;
  }

  get ownBundle(): Bundle | undefined {
    return this.#bundles.get(this.#trustDomain.name);
  }

  /** Certificate revocation lists of the own trust domain, DER. */
  get crls(): readonly Uint8Array[] {
    return this.#crls;
  }

  /** Takes over all that there are. */
  setCrls(crls: readonly Uint8Array[]): void {
    const isSame =
      crls.length === this.#crls.length &&
      crls.every((crl, i) => Buffer.compare(crl, this.#crls[i] as Uint8Array) === 0);
    if (isSame) return;
    this.#crls = crls;
    this.#changed();
  }

  /** The X.509 side of a known bundle, parsed once. */
  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    const bundle = this.#bundles.get(trustDomain.name);
    if (bundle === undefined) return undefined;
    const parsed = this.#x509Bundles.get(bundle) ?? x509BundleOf(bundle);
    this.#x509Bundles.set(bundle, parsed);
    return parsed;
  }

  /** The entries that apply to a workload with these selectors, ordered by ID. */
  entriesFor(selectors: ReadonlySet<string>): readonly RegistrationEntry[] {
    return this.#index.match(selectors);
  }

  /**
   * Takes over what the server says. SVIDs of entries that are gone, or now say another ID, are dropped; so is every
   * bundle that is not listed, but for the own one.
   */
  update(entries: ReadonlyMap<string, RegistrationEntry>, bundles: readonly Bundle[]): void {
    const entriesChanged = this.#setEntries(entries);
    const bundlesChanged = this.#setBundles(bundles);
    if (entriesChanged || bundlesChanged) this.#changed();
  }

  #setEntries(entries: ReadonlyMap<string, RegistrationEntry>): boolean {
    if (sameEntries(this.#entries, entries)) return false;
    this.#entries = entries;
    this.#index = new SelectorIndex(entries.values());
    this.#entriesVersion += 1;
    for (const [id, svid] of this.#svids) {
      if (entries.get(id)?.spiffeId.equals(svid.spiffeId) !== true) this.#svids.delete(id);
    }
    return true;
  }

  /** Adds or replaces SVIDs; one whose entry has gone in the meantime is ignored. */
  putSvids(svids: readonly X509SvidRecord[]): void {
    const current = svids.filter(
      (svid) => this.#entries.get(svid.entryId)?.spiffeId.equals(svid.spiffeId) === true,
    );
    for (const svid of current) this.#svids.set(svid.entryId, svid);
    if (current.length > 0) this.#changed();
  }

  /** Gives up SVIDs by entry ID. */
  dropSvids(entryIds: readonly string[]): void {
    const dropped = entryIds.filter((id) => this.#svids.delete(id));
    if (dropped.length > 0) this.#changed();
  }

  #setBundles(bundles: readonly Bundle[]): boolean {
    const names = new Set([...bundles.map((bundle) => bundle.trustDomain.name), this.#trustDomain.name]);
    const gone = [...this.#bundles.keys()].filter((name) => !names.has(name));
    const changed = bundles.filter(
      (bundle) => !sameBundle(this.#bundles.get(bundle.trustDomain.name), bundle),
    );
    for (const name of gone) this.#bundles.delete(name);
    for (const bundle of changed) this.#bundles.set(bundle.trustDomain.name, bundle);
    return gone.length + changed.length > 0;
  }

  /** Forgets entries and SVIDs: the agent has no rights any more. */
  clear(): void {
    this.update(new Map(), this.ownBundle === undefined ? [] : [this.ownBundle]);
  }

  /** @returns what takes the listener away again. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}

function sameEntries(
  a: ReadonlyMap<string, RegistrationEntry>,
  b: ReadonlyMap<string, RegistrationEntry>,
): boolean {
  if (a.size !== b.size) return false;
  for (const [id, entry] of a) if (b.get(id) !== entry) return false;
  return true;
}
