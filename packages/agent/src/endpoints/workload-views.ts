import { type Clock, formatSelector, type RegistrationEntry, type Selector } from '@signet/core';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { Interest } from '../sync/interest.ts';
import { LruMap } from '../sync/lru-map.ts';
import { WorkloadView } from './workload-view.ts';

/** What the views need. */
export interface WorkloadViewsDeps {
  readonly cache: AgentCache;
  readonly clock: Clock;
  readonly interest: Interest;
  /** called when a workload begins to watch entries whose SVIDs may not be there yet. */
  readonly wanted: () => void;
}

/** How many views without watchers are kept for the next caller with the same selectors. */
const UNWATCHED_VIEWS = 4_096;

interface Watched {
  readonly view: WorkloadView;
  readonly listeners: Set<() => void>;
  /** entries that this view has told the agent's interest in. */
  interested: readonly RegistrationEntry[];
}

/** The views of all workloads that call, shared by those with the same selectors. */
export class WorkloadViews {
  readonly #deps: WorkloadViewsDeps;
  readonly #unwatched = new LruMap<string, WorkloadView>(UNWATCHED_VIEWS);
  readonly #watched = new Map<string, Watched>();
  /** Selectors mostly are the same object as the last time. */
  readonly #keys = new WeakMap<readonly Selector[], string>();
  readonly #stopListening: () => void;

  constructor(deps: WorkloadViewsDeps) {
    this.#deps = deps;
    this.#stopListening = deps.cache.onChange(() => this.#cacheChanged());
  }

  /** The view of a workload with these selectors. */
  view(selectors: readonly Selector[]): WorkloadView {
    const key = this.#keyOf(selectors);
    const known = this.#watched.get(key)?.view ?? this.#unwatched.get(key);
    if (known !== undefined) return known;
    const view = new WorkloadView(key, new Set(selectors.map(formatSelector)), this.#deps);
    this.#unwatched.set(key, view);
    return view;
  }

  /**
   * Calls the listener after each change of the cache, and has the SVIDs of the view's entries fetched first.
   *
   * @returns what ends it.
   */
  watch(view: WorkloadView, listener: () => void): () => void {
    const { key } = view;
    const watched = this.#watched.get(key) ?? { view, listeners: new Set(), interested: [] };
    this.#watched.set(key, watched);
    this.#unwatched.delete(key);
    watched.listeners.add(listener);
    this.#updateInterest(watched);
    return () => this.#unwatch(key, watched, listener);
  }

  close(): void {
    this.#stopListening();
  }

  #unwatch(key: string, watched: Watched, listener: () => void): void {
    if (!watched.listeners.delete(listener) || watched.listeners.size > 0) return;
    this.#deps.interest.remove(idsOf(watched.interested));
    this.#watched.delete(key);
    this.#unwatched.set(key, watched.view);
  }

  #keyOf(selectors: readonly Selector[]): string {
    const known = this.#keys.get(selectors);
    if (known !== undefined) return known;
    const key = JSON.stringify([...new Set(selectors.map(formatSelector))].sort());
    this.#keys.set(selectors, key);
    return key;
  }

  #cacheChanged(): void {
    // What nobody watches may hold keys that were just replaced or withdrawn.
    for (const [, view] of this.#unwatched.entries()) view.forget();
    for (const watched of [...this.#watched.values()]) {
      this.#updateInterest(watched);
      for (const listener of [...watched.listeners]) listener();
    }
  }

  #updateInterest(watched: Watched): void {
    const { entries } = watched.view;
    if (entries === watched.interested) return;
    const ids = idsOf(entries);
    this.#deps.interest.add(ids);
    this.#deps.interest.remove(idsOf(watched.interested));
    watched.interested = entries;
    if (ids.some((id) => !this.#deps.cache.svids.has(id))) this.#deps.wanted();
  }
}

function idsOf(entries: readonly RegistrationEntry[]): readonly string[] {
  return entries.map((entry) => entry.id);
}
