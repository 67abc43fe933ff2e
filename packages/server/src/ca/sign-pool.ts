import { faulty, type LeafOrder, type LeafOutcome } from './leaf-order.ts';
import { openSignSeat, type SignSeat, type SignSeatDeps, type WorkerIssuer } from './sign-seat.ts';

/** Orders per message: large enough that the hop costs little, small enough that both workers share a batch. */
const CHUNK = 32;
/** What may wait at one time; beyond it new orders are refused. */
const MAX_WAITING_ORDERS = 20_000;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/** Signs leaves in worker threads with one authority's key. */
export interface SignPool {
  /** Every order after this call is signed by this authority. */
  setIssuer(issuer: WorkerIssuer): void;
  /** One outcome per order, in order. Single orders go to the less busy worker, batches to all in chunks. */
  sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]>;
  close(): Promise<void>;
}

/** Starts `workers` sign workers, at least one. */
export function openSignPool(workers: number, deps: SignSeatDeps): SignPool {
  const seats = Array.from({ length: Math.max(1, workers) }, () => openSignSeat(deps));
  let waitingOrders = 0;
  let waitingBytes = 0;

  return {
    setIssuer: (issuer) => seats.forEach((seat) => seat.setIssuer(issuer)),
    async sign(orders) {
      const bytes = orders.reduce((sum, order) => sum + order.csrDer.length, 0);
      if (waitingOrders + orders.length > MAX_WAITING_ORDERS || waitingBytes + bytes > MAX_WAITING_BYTES) {
        return orders.map(() => faulty('sign', 'ERR_SIGNING_QUEUE_FULL', 'too many signatures are waiting'));
      }
      waitingOrders += orders.length;
      waitingBytes += bytes;
      try {
        return await signInChunks(orders, seats);
      } finally {
        waitingOrders -= orders.length;
        waitingBytes -= bytes;
      }
    },
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

async function signInChunks(
  orders: readonly LeafOrder[],
  seats: readonly SignSeat[],
): Promise<readonly LeafOutcome[]> {
  if (orders.length <= CHUNK) return lessBusy(seats).sign(orders);
  const chunks: Promise<readonly LeafOutcome[]>[] = [];
  for (let start = 0; start < orders.length; start += CHUNK) {
    chunks.push(lessBusy(seats).sign(orders.slice(start, start + CHUNK)));
  }
  return (await Promise.all(chunks)).flat();
}

function lessBusy(seats: readonly SignSeat[]): SignSeat {
  return seats.reduce((best, seat) => (seat.alive && (!best.alive || seat.load < best.load) ? seat : best));
}
