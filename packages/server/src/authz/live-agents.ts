import { type Change, type ChangeLog } from '../datastore/change-log.ts';
import { isBanned } from '../datastore/agent-store.ts';
import { type AgentDenialCode } from './agent-check.ts';

/** Told when an agent that was let in is no longer one. */
export type DenialListener = (denial: AgentDenialCode) => void;

/**
 * The calls of agents that are under way, so that banning or evicting an agent ends its streams at once.
 *
 * A check at the beginning of a call says nothing about a stream that stays open for minutes.
 */
export class LiveAgents {
  readonly #listeners = new Map<string, Set<DenialListener>>();

  /** Follows the changes of the datastore. @returns ends it. */
  follow(changes: Pick<ChangeLog, 'onCommit'>): () => void {
    return changes.onCommit((committed) => committed.forEach((change) => this.#apply(change)));
  }

  /** Calls the listener when the agent is banned or evicted. @returns ends it. */
  watch(agentUri: string, listener: DenialListener): () => void {
    const listeners = this.#listeners.get(agentUri) ?? new Set();
    this.#listeners.set(agentUri, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(agentUri) === listeners)
        this.#listeners.delete(agentUri);
    };
  }

  #apply(change: Change): void {
    if (change.kind !== 'agent') return;
    const denial = denialAfter(change.node);
    if (denial === undefined) return;
    for (const listener of this.#listeners.get(change.id) ?? []) listener(denial);
  }
}

function denialAfter(node: Parameters<typeof isBanned>[0] | undefined): AgentDenialCode | undefined {
  if (node === undefined) return 'ERR_AGENT_NOT_ATTESTED';
  return isBanned(node) ? 'ERR_AGENT_BANNED' : undefined;
}
