import { jittered } from '@signet/daemon';

/** How often it is looked whether a message is due. */
export const PULSE_TICK_MS = 100;

/** Between this share of the heartbeat and its end a message follows the last one: not for all agents at the same time. */
const EARLIEST_SHARE = 0.7;
const MARGIN_MS = 2 * PULSE_TICK_MS;
/** An agent that says nothing for so many heartbeats, or takes nothing, has gone without a word. */
const PATIENCE = 3;

/** When something last passed between the server and one agent. All times are monotonic, milliseconds. */
export class FeedPulse {
  readonly #heartbeatMs: number;
  #heardAtMs: number;
  #tellingSinceMs: number | undefined;
  #dueAtMs = Infinity;

  constructor(heartbeatMs: number, nowMs: number) {
    this.#heartbeatMs = heartbeatMs;
    this.#heardAtMs = nowMs;
  }

  /** The agent said something. */
  heard(nowMs: number): void {
    this.#heardAtMs = nowMs;
  }

  /** A message is on its way. */
  telling(nowMs: number): void {
    this.#tellingSinceMs = nowMs;
    this.#dueAtMs = Infinity;
  }

  /** The message has gone to the transport. */
  told(nowMs: number): void {
    this.#tellingSinceMs = undefined;
    const earliest = this.#heartbeatMs * EARLIEST_SHARE;
    const middle = (earliest + this.#heartbeatMs - MARGIN_MS) / 2;
    this.#dueAtMs = nowMs + jittered(middle, (middle - earliest) / middle);
  }

  /** Whether the agent has to hear that the server is there. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.#dueAtMs;
  }

  /** Why the agent is given up; undefined as long as it is not. */
  complaint(nowMs: number): string | undefined {
    const latest = nowMs - PATIENCE * this.#heartbeatMs;
    if (this.#tellingSinceMs !== undefined && this.#tellingSinceMs < latest) return 'the agent does not read';
    return this.#heardAtMs < latest ? 'the agent is silent' : undefined;
  }
}
