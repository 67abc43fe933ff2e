import { type Bundle, type Clock, nowSeconds, type RegistrationEntry, type UnixSeconds } from '@signet/core';
import type { AgentCache } from '../sync/agent-cache.ts';
import { withUniqueHints } from './identity-set.ts';
import {
  encodeJwtBundles,
  encodeX509Bundles,
  encodeX509Svids,
  federatedBundles,
  type IssuedEntry,
} from './workload-messages.ts';

/** What can be sent to a workload now. */
export type Sendable =
  /** an encoded message; the same object as long as its content does not change. */
  | { readonly kind: 'ready'; readonly message: Buffer }
  /** something that belongs to the message is still being fetched: what was sent last still holds. */
  | { readonly kind: 'pending' }
  /** nothing is registered for these selectors. */
  | { readonly kind: 'none' };

/** The messages that a workload can subscribe to. */
export type Feed = 'x509Svids' | 'x509Bundles' | 'jwtBundles';

/** An encoded message, and for how long it may be taken for the newest without another look. */
interface Made {
  readonly inputs: readonly unknown[];
  readonly sendable: Sendable & { readonly kind: 'ready' };
  readonly cacheVersion: number;
  /** when the first SVID in it expires; Infinity when none is in it. */
  readonly until: UnixSeconds;
}

const PENDING: Sendable = { kind: 'pending' };
const NONE: Sendable = { kind: 'none' };

/**
 * What the workloads with one set of selectors see of the cache. Encoded messages are kept, and made again only when
 * something that is in them has changed.
 */
export class WorkloadView {
  /** the same for the same selectors. */
  readonly key: string;
  readonly #selectors: ReadonlySet<string>;
  readonly #cache: AgentCache;
  readonly #clock: Clock;
  readonly #made = new Map<Feed, Made>();
  #entries: readonly RegistrationEntry[] = [];
  #entriesVersion = -1;
  /** of the entries whose SVIDs the last message held. */
  #sentIds: ReadonlySet<string> = new Set();

  constructor(
    key: string,
    selectors: ReadonlySet<string>,
    { cache, clock }: { readonly cache: AgentCache; readonly clock: Clock },
  ) {
    this.key = key;
    this.#selectors = selectors;
    this.#cache = cache;
    this.#clock = clock;
  }

  /** The workload's entries, in the order in which it gets their SVIDs. */
  get entries(): readonly RegistrationEntry[] {
    if (this.#entriesVersion !== this.#cache.entriesVersion) {
      this.#entries = withUniqueHints(this.#cache.entriesFor(this.#selectors));
      this.#entriesVersion = this.#cache.entriesVersion;
    }
    return this.#entries;
  }

  /** The own bundle and those that the workload's entries federate with; the own one first. */
  get bundles(): readonly Bundle[] {
    const own = this.#cache.ownBundle;
    return own === undefined ? [] : [own, ...this.#federated()];
  }

  /** Lets go of encoded messages, which hold private keys; they are made again when they are asked for. */
  forget(): void {
    this.#made.clear();
  }

  sendable(feed: Feed): Sendable {
    const made = this.#made.get(feed);
    const isNewest = made?.cacheVersion === this.#cache.version && nowSeconds(this.#clock) < made.until;
    return isNewest ? made.sendable : this.#newest(feed);
  }

  #newest(feed: Feed): Sendable {
    if (this.entries.length === 0) return NONE;
    switch (feed) {
      case 'x509Svids':
        return this.#x509Svids();
      case 'x509Bundles':
        return this.#bundlesMessage(feed, (bundles) => encodeX509Bundles(bundles, this.#cache.crls));
      case 'jwtBundles':
        return this.#bundlesMessage(feed, encodeJwtBundles);
    }
  }

  #x509Svids(): Sendable {
    const own = this.#cache.ownBundle;
    const issued = this.#issued();
    const isWhole = issued.length === this.entries.length;
    if (own === undefined || issued.length === 0 || !(isWhole || this.#isWithdrawn())) return PENDING;
    this.#sentIds = new Set(issued.map(({ entry }) => entry.id));
    const federated = this.#federated();
    const { crls } = this.#cache;
    const inputs = [own, crls, ...federated, ...issued.flatMap(({ entry, svid }) => [entry, svid])];
    const until = Math.min(...issued.map(({ svid }) => svid.notAfter));
    return this.#make('x509Svids', inputs, until, () => encodeX509Svids(issued, own, federated, crls));
  }

  /**
   * Whether an identity that was handed out is no longer the workload's. It is taken back at once, even while another one
   * is still being fetched; otherwise a part of the identities is never sent.
   */
  #isWithdrawn(): boolean {
    const ids = new Set(this.entries.map((entry) => entry.id));
    return [...this.#sentIds].some((id) => !ids.has(id));
  }

  #bundlesMessage(feed: Feed, encode: (bundles: readonly Bundle[]) => Buffer): Sendable {
    const bundles = this.bundles;
    const inputs = [this.#cache.crls, ...bundles];
    return bundles.length === 0 ? PENDING : this.#make(feed, inputs, Infinity, () => encode(bundles));
  }

  /** The entries whose SVID is there and has not expired. */
  #issued(): readonly IssuedEntry[] {
    const now = nowSeconds(this.#clock);
    return this.entries.flatMap((entry) => {
      const svid = this.#cache.svids.get(entry.id);
      return svid === undefined || svid.notAfter <= now ? [] : [{ entry, svid }];
    });
  }

  #federated(): readonly Bundle[] {
    return federatedBundles(this.entries, this.#cache.bundles, this.#cache.trustDomain);
  }

  #make(feed: Feed, inputs: readonly unknown[], until: UnixSeconds, encode: () => Buffer): Sendable {
    const before = this.#made.get(feed);
    const unchanged =
      before?.inputs.length === inputs.length && before.inputs.every((input, i) => input === inputs[i]);
    const sendable = unchanged ? before.sendable : asSent(encode(), before?.sendable);
    this.#made.set(feed, { inputs, sendable, cacheVersion: this.#cache.version, until });
    return sendable;
  }
}

/** Another object for the same bytes would be sent as if it were news. */
function asSent(message: Buffer, before: Made['sendable'] | undefined): Made['sendable'] {
  return before?.message.equals(message) === true ? before : { kind: 'ready', message };
}
