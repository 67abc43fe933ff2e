import { type Hint } from './feed-hints.ts';

/** What one change means to agents. */
export type ChangeNews =
  /** Entries below these parents changed; undefined: nobody knows any more whose it was. */
  | { readonly of: 'entry'; readonly parents: readonly string[] | undefined }
  /** What the agent stands for may have changed. */
  | { readonly of: 'agent'; readonly agentUri: string }
  | { readonly of: 'all'; readonly hint: Hint };

/** A change in its place in the order; without news it means nothing to agents. */
export interface SequencedNews {
  readonly sequence: number;
  readonly news: ChangeNews | undefined;
}

/** So many changes are kept at least: who missed more is told of everything. */
const CAPACITY = 4096;

/** The newest changes, for agents that come back. */
export class RecentChanges {
  /** All after this one are kept. */
  #complete: number;
  #latest: number;
  #kept: SequencedNews[];

  /**
   * @param complete - all changes after this one are in `known`.
   * @param latest - the newest change there is.
   */
  constructor(complete: number, latest: number, known: readonly SequencedNews[]) {
    this.#complete = complete;
    this.#latest = latest;
    this.#kept = known.filter(({ news }) => news !== undefined);
  }

  /** Sequence of the newest change. */
  get latest(): number {
    return this.#latest;
  }

  /** Adds the change that follows the newest. */
  add(sequence: number, news: ChangeNews | undefined): void {
    this.#latest = sequence;
    // The many that mean nothing, such as those of tasks, take no room from those that do.
    if (news === undefined) return;
    this.#kept.push({ sequence, news });
    if (this.#kept.length >= 2 * CAPACITY) this.#trim();
  }

  /** The changes after that sequence that mean something; undefined when not all of them are known, or it is none of this datastore. */
  since(sequence: number): readonly SequencedNews[] | undefined {
    if (sequence < this.#complete || sequence > this.#latest) return undefined;
    // Who comes back mostly missed little, so the search begins at the end.
    const last = this.#kept.findLastIndex((change) => change.sequence <= sequence);
    return this.#kept.slice(last + 1);
  }

  #trim(): void {
    const dropped = this.#kept.splice(0, this.#kept.length - CAPACITY);
    this.#complete = dropped.at(-1)?.sequence ?? this.#complete;
  }
}
