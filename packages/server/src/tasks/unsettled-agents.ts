import { after, type Timer } from '@signet/daemon';
import type { ActiveTasks } from './active-tasks.ts';

/** An agent that has listed its tasks reports within this time those that it does not hold any more, milliseconds. */
const LAST_WORDS_MS = 500;
/**
 * The longest that all others wait, milliseconds: by then the tasks of agents that did not come back were ended, but for
 * those that may go on without the server by their lease.
 */
const LONGEST_MS = 35_000;

/**
 * Agents that had active tasks when the server started, and have not said since what became of them: while there are any,
 * tasks may have ended that the server holds for active, and nobody is to believe that it knows all.
 */
export class UnsettledAgents {
  readonly #agents = new Set<string>();
  readonly #timers = new Map<string, Timer>();
  readonly #listeners = new Set<() => void>();
  readonly #unfollow: () => void;
  readonly #givingUp: Timer;

  constructor(active: Pick<ActiveTasks, 'all' | 'ofAgent' | 'follow'>) {
    for (const { agentId } of active.all()) this.#agents.add(agentId);
    this.#givingUp = after(LONGEST_MS, () => [...this.#agents].forEach((agentId) => this.#settle(agentId)));
    this.#unfollow = active.follow({
      ended: ({ agentId }) => {
        if (active.ofAgent(agentId).length === 0) this.#settle(agentId);
      },
    });
  }

  /** How many there are. */
  get size(): number {
    return this.#agents.size;
  }

  /** The agent has reported the ends that it knew of, and been told of all its tasks. */
  listed(agentUri: string): void {
    if (!this.#agents.has(agentUri) || this.#timers.has(agentUri)) return;
    this.#timers.set(
      agentUri,
      after(LAST_WORDS_MS, () => this.#settle(agentUri)),
    );
  }

  /** Calls the listener when there are none any more. */
  onSettled(listener: () => void): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#unfollow();
    this.#givingUp.cancel();
    for (const timer of this.#timers.values()) timer.cancel();
  }

  #settle(agentUri: string): void {
    this.#timers.get(agentUri)?.cancel();
    this.#timers.delete(agentUri);
    if (!this.#agents.delete(agentUri) || this.#agents.size > 0) return;
    for (const listener of this.#listeners) listener();
  }
}
