import { type SpiffeId } from '@signet/core';
import { type AgentStore, type AttestedNode } from '../datastore/agent-store.ts';
import { type ChangeLog } from '../datastore/change-log.ts';

/** Nodes kept; beyond that the one that was kept longest goes. */
const MAX_NODES = 10_000;

/**
 * Node rows in memory, for the check that every call of an agent goes through.
 *
 * Exact, not merely recent, as long as this process alone writes to the datastore: a commit is applied here before its
 * writer hears of it.
 */
export class CachedAgents implements Pick<AgentStore, 'get' | 'activateNewSerial'> {
  readonly #store: Pick<AgentStore, 'get' | 'activateNewSerial'>;
  readonly #nodes = new Map<string, AttestedNode>();
  #commits = 0;

  constructor(store: Pick<AgentStore, 'get' | 'activateNewSerial'>) {
    this.#store = store;
  }

  /** Follows the changes of the datastore. @returns ends it. */
  follow(changes: Pick<ChangeLog, 'onCommit'>): () => void {
    return changes.onCommit((committed) => {
      for (const change of committed) {
        if (change.kind !== 'agent') continue;
        this.#commits += 1;
        this.#nodes.delete(change.id);
      }
    });
  }

  async get(id: SpiffeId): Promise<AttestedNode | undefined> {
    const known = this.#nodes.get(id.uri);
    if (known !== undefined) return known;
    const commits = this.#commits;
    const node = await this.#store.get(id);
    // What was read while a node changed may be of before the change.
    if (node !== undefined && commits === this.#commits) this.#keep(node);
    return node;
  }

  activateNewSerial(id: SpiffeId, serialNumber: string): Promise<boolean> {
    return this.#store.activateNewSerial(id, serialNumber);
  }

  #keep(node: AttestedNode): void {
    if (this.#nodes.size >= MAX_NODES) {
      const [oldest] = this.#nodes.keys();
      if (oldest !== undefined) this.#nodes.delete(oldest);
    }
    this.#nodes.set(node.id.uri, node);
  }
}
