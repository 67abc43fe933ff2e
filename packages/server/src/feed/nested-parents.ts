import { type SpiffeId, type TrustDomain } from '@signet/core';
import { type EntryParents } from '../authz/entry-index.ts';

/** Beyond so many remembered answers all are forgotten. */
const MAX_VERDICTS = 10_000;

/**
 * Whether entries below a parent can be of agents beyond those that have it as a root: entries nest, and an agent has
 * everything below its own.
 */
export class NestedParents {
  readonly #index: Pick<EntryParents, 'hasWorkload'>;
  readonly #agentPrefix: string;
  readonly #verdicts = new Map<string, boolean>();

  constructor(index: Pick<EntryParents, 'hasWorkload'>, trustDomain: TrustDomain) {
    this.#index = index;
    this.#agentPrefix = `${trustDomain.idString}/spire/agent/`;
  }

  /** Whether a workload of some agent has this ID. Answers are kept: finding one out means looking at all entries. */
  has(parent: string): boolean {
    // No workload may have the ID of an agent.
    if (parent.startsWith(this.#agentPrefix)) return false;
    const known = this.#verdicts.get(parent);
    if (known !== undefined) return known;
    if (this.#verdicts.size >= MAX_VERDICTS) this.#verdicts.clear();
    const verdict = this.#index.hasWorkload(parent);
    this.#verdicts.set(parent, verdict);
    return verdict;
  }

  /** An entry that gives this ID came or went. */
  forget(spiffeId: SpiffeId): void {
    this.#verdicts.delete(spiffeId.uri);
  }
}
