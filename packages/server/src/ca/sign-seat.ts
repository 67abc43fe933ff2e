import type { KeyObject } from 'node:crypto';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger, Timer } from '@signet/daemon';
import { decodeOutcomes, encodeOrders } from './leaf-codec.ts';
import { faulty, type LeafOrder, type LeafOutcome } from './leaf-order.ts';

/** What a worker is told about the authority that it signs for. */
export interface WorkerIssuer {
  readonly trustDomain: string;
  readonly certificateDer: Uint8Array;
  /** A handle: the clone shares the key inside the process. */
  readonly key: KeyObject;
  readonly ownKeys: readonly string[];
}

export interface WorkerJob {
  readonly id: number;
  readonly orders: Uint8Array;
}

export type ToSignWorker = { readonly issuer: WorkerIssuer } | { readonly job: WorkerJob };

export interface FromSignWorker {
  readonly id: number;
  readonly outcomes: Uint8Array;
}

export interface SignSeatDeps {
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  readonly after: (delayMs: number, run: () => void) => Timer;
  /** `startSignWorker` unless told otherwise. */
  readonly startWorker?: () => Worker;
}

const WORKER_URL = new URL(`./sign-worker${extname(import.meta.url)}`, import.meta.url);
const WORKER_MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
const FIRST_RESTART_MS = 50;
const LAST_RESTART_MS = 5_000;
const STALL_MS = 10_000;

interface Pending {
  readonly orders: readonly LeafOrder[];
  readonly settle: (outcomes: readonly LeafOutcome[]) => void;
}

/** Starts one sign worker. It gets no environment and little memory. */
export function startSignWorker(): Worker {
  return new Worker(WORKER_URL, { resourceLimits: WORKER_MEMORY, env: {}, name: 'signet-sign' });
}

/** One seat of the pool: a sign worker, put back when it dies. */
export class SignSeat {
  readonly #deps: SignSeatDeps;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #issuer: WorkerIssuer | undefined;
  #load = 0;
  #nextId = 1;
  #restartMs = FIRST_RESTART_MS;
  #restart: Timer | undefined;
  #watchdog: Timer | undefined;
  #closed = false;

  constructor(deps: SignSeatDeps) {
    this.#deps = deps;
    this.#start();
  }

  /** Orders given to the worker and not answered yet. */
  get load(): number {
    return this.#load;
  }

  /** Messages given to the worker and not answered yet. */
  get messages(): number {
    return this.#pending.size;
  }

  get alive(): boolean {
    return this.#worker !== undefined;
  }

  /** Takes effect for orders that come later. */
  setIssuer(issuer: WorkerIssuer): void {
    this.#issuer = issuer;
    this.#post({ issuer });
  }

  /** One outcome per order, in order; all of them lost when the worker dies meanwhile. */
  sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]> {
    if (this.#worker === undefined) return Promise.resolve(orders.map(workerLost));
    const id = this.#nextId++;
    this.#load += orders.length;
    this.#watchdog ??= this.#deps.after(STALL_MS, () => this.#watch(id));
    return new Promise((resolve) => {
      this.#pending.set(id, { orders, settle: resolve });
      const data = encodeOrders(orders);
      this.#post({ job: { id, orders: data } }, [data.buffer]);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#restart?.cancel();
    this.#watchdog?.cancel();
    await this.#worker?.terminate();
  }

  #start(): void {
    const worker = (this.#deps.startWorker ?? startSignWorker)();
    worker.on('message', (message: FromSignWorker) => this.#answer(message));
    worker.on('error', ({ message }: Error) =>
      this.#deps.logger.error('Sign worker failed', { reason: message }),
    );
    worker.once('exit', () => this.#lost());
    this.#worker = worker;
    if (this.#issuer) this.#post({ issuer: this.#issuer });
  }

  #post(message: ToSignWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #answer({ id, outcomes }: FromSignWorker): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    try {
      this.#settle(id, decodeOutcomes(outcomes, pending.orders));
      this.#restartMs = FIRST_RESTART_MS;
    } catch {
      void this.#worker?.terminate();
    }
  }

  #lost(): void {
    this.#worker = undefined;
    for (const [id, { orders }] of this.#pending) this.#settle(id, orders.map(workerLost));
    if (this.#closed) return;
    this.#deps.logger.error('Sign worker stopped', { restart_ms: this.#restartMs });
    this.#restart = this.#deps.after(this.#restartMs, () => this.#start());
    this.#restartMs = Math.min(this.#restartMs * 2, LAST_RESTART_MS);
  }

  #settle(id: number, outcomes: readonly LeafOutcome[]): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#load -= outcomes.length;
    pending?.settle(outcomes);
  }

  // A worker that answers nothing for long is as good as dead; its requests must not hang with it.
  #watch(oldest: number | undefined): void {
    const first = this.#pending.keys().next().value;
    if (first !== undefined && first === oldest) void this.#worker?.terminate();
    this.#watchdog = first === undefined ? undefined : this.#deps.after(STALL_MS, () => this.#watch(first));
  }
}

/** The outcome of an order whose worker died. */
export function workerLost(): LeafOutcome {
  return faulty('sign', 'ERR_SIGNING_WORKER_LOST', 'the signing worker stopped; try again');
}
