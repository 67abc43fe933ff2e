import {
  isExpiredEntry,
  serverId,
  type RegistrationEntry,
  type Selector,
  type SpiffeId,
  type TrustDomain,
  type UnixSeconds,
} from '@signet/core';
import type { AttestedNode } from '../datastore/agent-store.ts';
import type { Change } from '../datastore/change-log.ts';
import type { AuthorizedEntries, CallerRights } from './authorized-entries.ts';
import { AliasIndex } from './entry-index-aliases.ts';
import { Groups } from './entry-index-groups.ts';

type NodeFacts = Pick<AttestedNode, 'selectors' | 'expiresAt'>;

/** The IDs that an agent stands for, as long as no alias, node or second changes. */
interface Roots {
  readonly agentUri: string;
  readonly at: UnixSeconds;
  readonly uris: ReadonlySet<string>;
  /** Everything below them, once it was asked for. */
  below?: ReadonlySet<RegistrationEntry>;
}

const NO_SELECTORS: readonly Selector[] = [];

/**
 * Entries and node selectors in memory, filed the way they are asked for.
 *
 * Entries are held as they are given, so what shares its strings outside shares them here.
 */
export class EntryIndexMemory implements AuthorizedEntries {
  readonly #trustDomain: TrustDomain;
  readonly #serverUri: string;
  readonly #byId = new Map<string, RegistrationEntry>();
  readonly #byParent = new Groups<RegistrationEntry>();
  readonly #privileged = new Groups<RegistrationEntry>();
  readonly #aliases = new AliasIndex();
  readonly #nodes = new Map<string, NodeFacts>();
  /** The last answer: a batch asks for one agent hundreds of times. */
  #lastRoots: Roots | undefined;

  constructor(trustDomain: TrustDomain) {
    this.#trustDomain = trustDomain;
    this.#serverUri = serverId(trustDomain).uri;
  }

  authorizedEntries(agentId: SpiffeId, at: UnixSeconds): readonly RegistrationEntry[] {
    return this.#below(this.#roots(agentId, at), at);
  }

  authorizedEntry(agentId: SpiffeId, entryId: string, at: UnixSeconds): RegistrationEntry | undefined {
    const entry = this.#byId.get(entryId);
    if (entry === undefined || isExpiredEntry(entry, at)) return undefined;
    const roots = this.#roots(agentId, at);
    // Nearly every entry hangs directly below the agent or its alias; only the rest is worth a walk, one for a batch.
    if (roots.has(entry.parentId.uri)) return entry;
    return this.#allBelow(roots, at).has(entry) ? entry : undefined;
  }

  callerRights(spiffeId: SpiffeId, at: UnixSeconds): CallerRights {
    const entries = [...this.#privileged.get(spiffeId.uri)].filter((entry) => !isExpiredEntry(entry, at));
    return {
      admin: entries.some(({ admin }) => admin),
      downstream: entries.some(({ downstream }) => downstream),
    };
  }

  /** How many entries are held. */
  get size(): number {
    return this.#byId.size;
  }

  /** Takes over what changed. @returns the entry that is replaced or gone. */
  apply(change: Change): RegistrationEntry | undefined {
    this.#lastRoots = undefined;
    if (change.kind === 'agent') this.#replaceNode(change.id, change.node);
    return change.kind === 'entry' ? this.#replaceEntry(change.id, change.entry) : undefined;
  }

  roots(agentId: SpiffeId, at: UnixSeconds): ReadonlySet<string> {
    return this.#roots(agentId, at);
  }

  hasWorkload(uri: string): boolean {
    for (const { spiffeId, parentId } of this.#byId.values()) {
      if (spiffeId.uri === uri && parentId.uri !== this.#serverUri) return true;
    }
    return false;
  }

  #replaceEntry(id: string, entry: RegistrationEntry | undefined): RegistrationEntry | undefined {
    const before = this.#byId.get(id);
    if (before !== undefined) this.#removeEntry(before);
    if (entry !== undefined) this.#addEntry(entry);
    return before;
  }

  #addEntry(entry: RegistrationEntry): void {
    this.#byId.set(entry.id, entry);
    this.#byParent.add(entry.parentId.uri, entry);
    if (isPrivileged(entry)) this.#privileged.add(entry.spiffeId.uri, entry);
    if (entry.parentId.uri === this.#serverUri) this.#aliases.add(entry);
  }

  #removeEntry(entry: RegistrationEntry): void {
    this.#byId.delete(entry.id);
    this.#byParent.delete(entry.parentId.uri, entry);
    if (isPrivileged(entry)) this.#privileged.delete(entry.spiffeId.uri, entry);
    if (entry.parentId.uri === this.#serverUri) this.#aliases.delete(entry);
  }

  #replaceNode(uri: string, node: AttestedNode | undefined): void {
    // Only selectors lead anywhere: a node without them needs no place here.
    if (node === undefined || node.selectors.length === 0) this.#nodes.delete(uri);
    else this.#nodes.set(uri, { selectors: node.selectors, expiresAt: node.expiresAt });
  }

  /** The IDs that the agent stands for: its own and those of its aliases. */
  #roots(agentId: SpiffeId, at: UnixSeconds): ReadonlySet<string> {
    if (this.#lastRoots?.agentUri === agentId.uri && this.#lastRoots.at === at) return this.#lastRoots.uris;
    const uris = this.#findRoots(agentId, at);
    this.#lastRoots = { agentUri: agentId.uri, at, uris };
    return uris;
  }

  #findRoots(agentId: SpiffeId, at: UnixSeconds): ReadonlySet<string> {
    if (!agentId.memberOf(this.#trustDomain)) return new Set();
    const aliases = this.#aliases.matching(this.#nodeSelectors(agentId, at));
    const current = aliases.filter((alias) => !isExpiredEntry(alias, at));
    return new Set([agentId.uri, ...current.map(({ spiffeId }) => spiffeId.uri)]);
  }

  #nodeSelectors(agentId: SpiffeId, at: UnixSeconds): readonly Selector[] {
    const node = this.#nodes.get(agentId.uri);
    return node === undefined || node.expiresAt < at ? NO_SELECTORS : node.selectors;
  }

  /** Everything below the IDs that were found last. */
  #allBelow(uris: ReadonlySet<string>, at: UnixSeconds): ReadonlySet<RegistrationEntry> {
    const last = this.#lastRoots;
    if (last?.uris !== uris) return new Set(this.#below(uris, at));
    return (last.below ??= new Set(this.#below(uris, at)));
  }

  /** Everything below the given parents; a parent is walked once, so a circle ends. */
  #below(parents: ReadonlySet<string>, at: UnixSeconds): RegistrationEntry[] {
    const found: RegistrationEntry[] = [];
    const visited = new Set(parents);
    // A set that grows while it is walked is the queue.
    for (const parent of visited) {
      for (const entry of this.#byParent.get(parent)) {
        if (isExpiredEntry(entry, at)) continue;
        found.push(entry);
        const uri = entry.spiffeId.uri;
        if (this.#byParent.has(uri)) visited.add(uri);
      }
    }
    return found;
  }
}

function isPrivileged(entry: RegistrationEntry): boolean {
  return entry.admin || entry.downstream;
}
