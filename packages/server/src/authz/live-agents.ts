import { type Change, type ChangeLog } from '../datastore/change-log.ts';
import { isBanned } from '../datastore/agent-store.ts';
import { type AgentDenialCode } from './agent-check.ts';
import { type CallerSvid } from './caller.ts';

/** Told when an agent that was let in is no longer one. */
export type DenialListener = (denial: AgentDenialCode) => void;

/** A call under way, and who must hear when its agent is one no longer. */
interface AgentCall {
  readonly listener: DenialListener;
  readonly isRevoked: () => boolean;
}

const neverRevoked = (): boolean => false;

/**
 * The calls of agents that are under way, so that banning or evicting an agent ends its streams at once.
 *
 * A check at the beginning of a call says nothing about a stream that stays open for minutes.
 */
export class LiveAgents {
  readonly #calls = new Map<string, Set<AgentCall>>();

  /** Follows the changes of the datastore. @returns ends it. */
  follow(changes: Pick<ChangeLog, 'onCommit'>): () => void {
    return changes.onCommit((committed) => committed.forEach((change) => this.#apply(change)));
  }

  /** Calls the listener when the agent is banned or evicted, or its SVID revoked. @returns ends it. */
  watch({ id, isRevoked }: Pick<CallerSvid, 'id' | 'isRevoked'>, listener: DenialListener): () => void {
    const call: AgentCall = { listener, isRevoked: isRevoked ?? neverRevoked };
    const calls = this.#calls.get(id.uri) ?? new Set();
    this.#calls.set(id.uri, calls.add(call));
    return () => {
      calls.delete(call);
      if (calls.size === 0 && this.#calls.get(id.uri) === calls) this.#calls.delete(id.uri);
    };
  }

  /** Ends the calls of those whose SVIDs have been revoked. */
  endRevoked(): void {
    for (const calls of this.#calls.values()) {
      for (const { listener, isRevoked } of calls) if (isRevoked()) listener('ERR_AGENT_MUST_REATTEST');
    }
  }

  #apply(change: Change): void {
    if (change.kind !== 'agent') return;
    const denial = denialAfter(change.node);
    if (denial === undefined) return;
    for (const { listener } of this.#calls.get(change.id) ?? []) listener(denial);
  }
}

function denialAfter(node: Parameters<typeof isBanned>[0] | undefined): AgentDenialCode | undefined {
  if (node === undefined) return 'ERR_AGENT_NOT_ATTESTED';
  return isBanned(node) ? 'ERR_AGENT_BANNED' : undefined;
}
