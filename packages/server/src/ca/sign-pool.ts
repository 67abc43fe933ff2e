import { faulty, type LeafOrder, type LeafOutcome } from './leaf-order.ts';
import { SignSeat, workerLost, type SignSeatDeps, type WorkerIssuer } from './sign-seat.ts';

/** Orders per message at most: enough that the hop costs little, few enough that both workers share a batch. */
const CHUNK = 32;
/** Messages that a worker holds at one time: one being signed and one to go on with. The rest waits here. */
const WINDOW = 2;
/** Orders that have to wait before another worker is woken for them, when a signature takes microseconds. */
const WORTH_WAKING = 16;
/** What may wait at one time; beyond it new orders are refused. */
const MAX_WAITING_ORDERS = 20_000;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/** Signs leaves in worker threads with one authority's key. */
export interface SignPool {
  /** Every order after this call is signed by this authority, every one before by the former. */
  setIssuer(issuer: WorkerIssuer): void;
  /** One outcome per order, in order. */
  sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]>;
  close(): Promise<void>;
}

/** Starts `workers` sign workers, at least one. */
export function openSignPool(workers: number, deps: SignSeatDeps): SignPool {
  return new WindowedPool(Array.from({ length: Math.max(1, workers) }, () => new SignSeat(deps)));
}

interface Waiting {
  readonly order: LeafOrder;
  readonly answer: (outcome: LeafOutcome) => void;
}

/**
 * Keeps one worker busy before it wakes the next: waking an idle thread costs about as much as a signature. Messages
 * grow with the queue, so that there is no wait at low load, and few hops at high load.
 */
class WindowedPool implements SignPool {
  readonly #seats: readonly SignSeat[];
  readonly #queue: Waiting[] = [];
  #worthWaking = WORTH_WAKING;
  #orders = 0;
  #bytes = 0;

  constructor(seats: readonly SignSeat[]) {
    this.#seats = seats;
  }

  setIssuer(issuer: WorkerIssuer): void {
    this.#dispatch(Infinity);
    this.#worthWaking = issuer.key.asymmetricKeyType === 'ec' ? WORTH_WAKING : 1;
    for (const seat of this.#seats) seat.setIssuer(issuer);
  }

  async sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]> {
    const bytes = orders.reduce((sum, order) => sum + order.csrDer.length, 0);
    if (this.#orders + orders.length > MAX_WAITING_ORDERS || this.#bytes + bytes > MAX_WAITING_BYTES) {
      return orders.map(() => faulty('sign', 'ERR_SIGNING_QUEUE_FULL', 'too many signatures are waiting'));
    }
    this.#orders += orders.length;
    this.#bytes += bytes;
    const outcomes = orders.map(
      (order) => new Promise<LeafOutcome>((answer) => this.#queue.push({ order, answer })),
    );
    this.#dispatch(WINDOW);
    return Promise.all(outcomes).finally(() => {
      this.#orders -= orders.length;
      this.#bytes -= bytes;
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.close()));
  }

  #dispatch(window: number): void {
    const alive = this.#seats.filter((seat) => seat.alive);
    if (alive.length === 0) this.#giveUp();
    while (this.#queue.length > 0) {
      const awake = this.#queue.length < this.#worthWaking ? alive.slice(0, 1) : alive;
      const seat = leastBusy(awake.filter(({ messages }) => messages < window));
      if (seat === undefined) return;
      this.#send(seat, this.#queue.splice(0, Math.min(CHUNK, Math.ceil(this.#queue.length / awake.length))));
    }
  }

  #send(seat: SignSeat, chunk: readonly Waiting[]): void {
    void seat.sign(chunk.map(({ order }) => order)).then((outcomes) => {
      this.#dispatch(WINDOW);
      chunk.forEach(({ answer }, at) => answer(outcomes[at] ?? workerLost()));
    });
  }

  #giveUp(): void {
    for (const { answer } of this.#queue.splice(0)) answer(workerLost());
  }
}

function leastBusy(seats: readonly SignSeat[]): SignSeat | undefined {
  return seats.toSorted((a, b) => a.load - b.load)[0];
}
