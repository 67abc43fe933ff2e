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

/** One seat of the pool: a sign worker, put back when it dies. */
export interface SignSeat {
  /** Orders given to the worker and not answered yet. */
  readonly load: number;
  /** Messages given to the worker and not answered yet. */
  readonly messages: number;
  readonly alive: boolean;
  /** Takes effect for orders that come later. */
  setIssuer(issuer: WorkerIssuer): void;
  sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]>;
  close(): Promise<void>;
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

/** Opens a seat with a running worker. */
export function openSignSeat(deps: SignSeatDeps): SignSeat {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let issuer: WorkerIssuer | undefined;
  let load = 0;
  let nextId = 1;
  let restartMs = FIRST_RESTART_MS;
  let closed = false;
  let restart: Timer | undefined;
  let watchdog: Timer | undefined;

  const post = (message: ToSignWorker, transfer: readonly ArrayBuffer[] = []): void => {
    worker?.postMessage(message, transfer);
  };

  const settle = (id: number, outcomes: (orders: readonly LeafOrder[]) => readonly LeafOutcome[]): void => {
    const entry = pending.get(id);
    if (entry === undefined) return;
    pending.delete(id);
    load -= entry.orders.length;
    entry.settle(outcomes(entry.orders));
  };

  const answer = ({ id, outcomes }: FromSignWorker): void => {
    restartMs = FIRST_RESTART_MS;
    settle(id, (orders) => decodeOutcomes(outcomes, orders));
  };

  const lost = (): void => {
    worker = undefined;
    for (const id of pending.keys()) settle(id, (orders) => orders.map(workerLost));
    if (closed) return;
    deps.logger.error('Sign worker stopped', { restart_ms: restartMs });
    restart = deps.after(restartMs, start);
    restartMs = Math.min(restartMs * 2, LAST_RESTART_MS);
  };

  const start = (): void => {
    const started = (deps.startWorker ?? startSignWorker)();
    started.on('message', answer);
    started.on('error', (error: Error) => deps.logger.error('Sign worker failed', { reason: error.name }));
    started.once('exit', lost);
    worker = started;
    if (issuer) post({ issuer });
  };

  // A worker that answers nothing for long is as good as dead; its requests must not hang with it.
  const watch = (oldest: number | undefined): void => {
    const first = pending.keys().next().value;
    if (first !== undefined && first === oldest) void worker?.terminate();
    watchdog = pending.size === 0 ? undefined : deps.after(STALL_MS, () => watch(first));
  };

  start();
  return {
    get load() {
      return load;
    },
    get messages() {
      return pending.size;
    },
    get alive() {
      return worker !== undefined;
    },
    setIssuer(next) {
      issuer = next;
      post({ issuer: next });
    },
    sign(orders) {
      if (worker === undefined) return Promise.resolve(orders.map(workerLost));
      const id = nextId++;
      load += orders.length;
      return new Promise((resolve) => {
        pending.set(id, { orders, settle: resolve });
        watchdog ??= deps.after(STALL_MS, () => watch(id));
        const data = encodeOrders(orders);
        post({ job: { id, orders: data } }, [data.buffer]);
      });
    },
    async close() {
      closed = true;
      restart?.cancel();
      watchdog?.cancel();
      await worker?.terminate();
    },
  };
}

/** The outcome of an order whose worker died. */
export function workerLost(): LeafOutcome {
  return faulty('sign', 'ERR_SIGNING_WORKER_LOST', 'the signing worker stopped; try again');
}
