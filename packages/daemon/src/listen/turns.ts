import { monotonicMs } from '../process/clock.ts';

/** After so long in one turn of the event loop, calls that come in wait for the next, milliseconds. */
const CALLS_MS = 20;
/** After so long nothing more is read from any connection in this turn. */
const READS_MS = 60;
/** So many calls of one connection begin in one turn; the others wait for the next. */
const CALLS_OF_A_CONNECTION = 100;

/** A connection, as far as its turns go. */
export interface TurnTaker {
  /** with whom it shares its turn. */
  readonly share: string;
  readonly closed: boolean;
  readonly isHeld: boolean;
  readonly callsToBegin: (() => void)[];
  turn: number;
  callsInTurn: number;
  hold(): void;
  release(): void;
}

/**
 * Lets connections take turns, so that what one of them sends, or many together, holds up the event loop only shortly.
 *
 * By itself Node reads a connection for as long as there is something to read, two megabytes at once, and begins each
 * call in the middle of that. A call that is answered there is over before the next one of the same packet, and no limit
 * on calls at once holds. Calls that wait do not end so; and a connection whose calls wait is not read.
 */
export class Turns {
  readonly #connections: () => Iterable<TurnTaker>;
  /** Connections that are not read, by who shares them. */
  readonly #held = new Map<string, Set<TurnTaker>>();
  #turn = 0;
  #beganAtMs: number | undefined;
  #isOver = false;

  /** @param connections - all that share the event loop. */
  constructor(connections: () => Iterable<TurnTaker>) {
    this.#connections = connections;
  }

  /** Begins a call, now or in its turn. */
  begin(connection: TurnTaker, call: () => void): void {
    const elapsedMs = this.spend(connection);
    if (connection.turn !== this.#turn) {
      connection.turn = this.#turn;
      connection.callsInTurn = 0;
    }
    connection.callsInTurn += 1;
    const mustWait = elapsedMs > CALLS_MS || connection.callsInTurn > CALLS_OF_A_CONNECTION;
    if (!mustWait && connection.callsToBegin.length === 0) {
      call();
      return;
    }
    connection.callsToBegin.push(call);
    this.#hold(connection);
  }

  /** Notes that something was read. @returns how long this turn has lasted, milliseconds. */
  spend(connection: TurnTaker): number {
    const nowMs = monotonicMs();
    if (this.#beganAtMs === undefined) {
      this.#beganAtMs = nowMs;
      setImmediate(() => this.#endTurn());
    }
    const elapsedMs = nowMs - this.#beganAtMs;
    if (elapsedMs > CALLS_MS) this.#hold(connection);
    if (elapsedMs > READS_MS) this.#holdAll();
    return elapsedMs;
  }

  #holdAll(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const connection of this.#connections()) this.#hold(connection);
  }

  #hold(connection: TurnTaker): void {
    if (connection.isHeld || connection.closed) return;
    connection.hold();
    const held = this.#held.get(connection.share);
    if (held === undefined) this.#held.set(connection.share, new Set([connection]));
    else held.add(connection);
  }

  #endTurn(): void {
    this.#turn += 1;
    this.#isOver = false;
    this.#beganAtMs = undefined;
    const untilMs = monotonicMs() + CALLS_MS;
    // Who has more waiting goes to the end, where this very loop finds him again.
    for (const [share, connections] of this.#held) {
      this.#held.delete(share);
      const isMore = this.#serveOne(connections);
      if (isMore) this.#held.set(share, connections);
      if (monotonicMs() > untilMs) break;
    }
    if (this.#held.size === 0) return;
    this.#beganAtMs = monotonicMs();
    setImmediate(() => this.#endTurn());
  }

  /** Begins one call of the first connection, or lets it be read again. @returns whether there is more to do. */
  #serveOne(connections: Set<TurnTaker>): boolean {
    for (const connection of connections) {
      const call = connection.callsToBegin.shift();
      if (call !== undefined) {
        call();
        return true;
      }
      connections.delete(connection);
      connection.release();
    }
    return false;
  }
}
