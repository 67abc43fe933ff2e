import { ancestorsOf, monotonicMs, processKey, type ProcessIdentity, type UnixPeer } from '@signet/daemon';

interface Lineage {
  /** keys of processes. */
  readonly ancestors: ReadonlySet<string>;
  /** false when it could not be told now. */
  readonly isKnown: boolean;
  readonly seenAtMs: number;
}

/** So long what was seen is not looked at again: one call asks about many tasks. */
const FRESH_MS = 50;

/**
 * Which processes those behind connections are below.
 *
 * Looking takes long, and whoever may connect can ask. A process gets no other ancestors but those it has: of what was once
 * not among them it is not asked again as long as the connection lasts.
 */
export class Lineages {
  readonly #lineages = new WeakMap<UnixPeer, Lineage>();
  readonly #climb: (peer: UnixPeer) => ReadonlySet<string> | undefined;
  readonly #nowMs: () => number;

  /** @param nowMs - monotonic. */
  constructor(climb: typeof ancestorsOf = ancestorsOf, nowMs: () => number = monotonicMs) {
    this.#climb = climb;
    this.#nowMs = nowMs;
  }

  /** Whether the process behind a connection is below another one; false as well when that cannot be told. */
  isBelow(peer: UnixPeer, root: Pick<ProcessIdentity, 'pid' | 'startTime'>): boolean {
    const key = processKey(root);
    const before = this.#lineages.get(peer);
    const isNever = before?.isKnown === true && !before.ancestors.has(key);
    return !isNever && this.#current(peer, before).has(key);
  }

  #current(peer: UnixPeer, before: Lineage | undefined): ReadonlySet<string> {
    if (before !== undefined && this.#nowMs() - before.seenAtMs <= FRESH_MS) return before.ancestors;
    const found = this.#climb(peer);
    const ancestors = found ?? new Set<string>();
    this.#lineages.set(peer, { ancestors, isKnown: found !== undefined, seenAtMs: this.#nowMs() });
    return ancestors;
  }
}
