import { type Clock, formatSelector, type Selector } from '@signet/core';
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
  interested: readonly string[];
}

/** The views of all workloads that call, shared by those with the same selectors. */
export class WorkloadViews {
  readonly #deps: WorkloadViewsDeps;
  readonly #unwatched = new LruMap<string, WorkloadView>(UNWATCHED_VIEWS);
  readonly #watched = new Map<string, Watched>();
  readonly #stopListening: () => void;

  constructor(deps: WorkloadViewsDeps) {
    this.#deps = deps;
    this.#stopListening = deps.cache.onChange(() => this.#cacheChanged());
  }

  /** The view of a workload with these selectors. */
  view(selectors: readonly Selector[]): WorkloadView {
    const names = [...new Set(selectors.map(formatSelector))].sort();
    const key = JSON.stringify(names);
    const known = this.#watched.get(key)?.view ?? this.#unwatched.get(key);
    if (known !== undefined) return known;
    const view = new WorkloadView(new Set(names), this.#deps.cache, this.#deps.clock);
    this.#unwatched.set(key, view);
    return view;
  }

  /**
   * Calls the listener after each change of the cache, and has the SVIDs of the view's entries fetched first.
   *
   * @returns what ends it.
   */
  watch(view: WorkloadView, listener: () => void): () => void {
    const key = JSON.stringify([...view.selectors]);
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
    this.#deps.interest.remove(watched.interested);
    this.#watched.delete(key);
    this.#unwatched.set(key, watched.view);
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
    const ids = watched.view.entries.map((entry) => entry.id);
    const before = new Set(watched.interested);
    if (ids.length === before.size && ids.every((id) => before.has(id))) return;
    this.#deps.interest.add(ids);
    this.#deps.interest.remove(watched.interested);
    watched.interested = ids;
    if (ids.some((id) => !this.#deps.cache.svids.has(id))) this.#deps.wanted();
  }
}
