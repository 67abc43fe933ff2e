import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AgentError, type SpiffeId } from '@signet/core';
import { after, type Timer } from '@signet/daemon';
import { type KeyAndRequest, makeKeyAndRequest, type WorkloadKeyType } from './certificate-request.ts';
import type { KeyDelivery, KeyOrder } from './key-worker.ts';

/** Makes fresh keys, with the requests to certify them. */
export interface KeySource {
  /** One key for each ID, in order. */
  make(ids: readonly SpiffeId[]): Promise<readonly KeyAndRequest[]>;
  close(): Promise<void>;
}

/** So few EC keys are made at once where they are needed: a few hundred microseconds. */
const INLINE_KEYS = 4;
/** The worker goes when it had nothing to do for so long: an idle agent does not pay for its memory. */
const IDLE_MS = 10_000;

/**
 * A source that makes more than a few keys, and every RSA key, in a worker thread, which starts when it is needed.
 */
export function createKeySource(type: WorkloadKeyType): KeySource {
  const thread = keyThread();
  return {
    make: (ids) =>
      type !== 'rsa-2048' && ids.length <= INLINE_KEYS
        ? Promise.resolve(ids.map((id) => makeKeyAndRequest(type, id)))
        : thread.run({ type, uris: ids.map((id) => id.uri) }),
    close: () => thread.close(),
  };
}

interface KeyThread {
  run(order: KeyOrder): Promise<KeyDelivery>;
  close(): Promise<void>;
}

function keyThread(): KeyThread {
  let worker: Worker | undefined;
  let idle: Timer | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const close = async (): Promise<void> => {
    idle?.cancel();
    const closing = worker;
    worker = undefined;
    await closing?.terminate();
  };
  const runNow = async (order: KeyOrder): Promise<KeyDelivery> => {
    idle?.cancel();
    worker ??= startWorker(() => (worker = undefined));
    try {
      return await deliver(worker, order);
    } finally {
      idle = after(IDLE_MS, () => void close());
    }
  };
  return {
    run: (order) => {
      const run = last.then(() => runNow(order));
      last = run.catch(() => undefined);
      return run;
    },
    close,
  };
}

function startWorker(onExit: () => void): Worker {
  const worker = new Worker(new URL(`./key-worker${extname(import.meta.url)}`, import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  worker.unref();
  worker.on('exit', onExit);
  worker.on('error', onExit);
  return worker;
}

function deliver(worker: Worker, order: KeyOrder): Promise<KeyDelivery> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onLost).off('exit', onLost);
      finish();
    };
    const onMessage = (delivery: KeyDelivery): void => settle(() => resolve(delivery));
    const onLost = (cause: unknown): void =>
      settle(() => reject(new AgentError('ERR_AGENT_KEY', 'the key worker was lost', { cause })));
    worker.on('message', onMessage).on('error', onLost).on('exit', onLost);
    worker.postMessage(order);
  });
}
