import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreError } from '@signet/core';
import type { ChangeRecord } from '../sql/change-record.ts';
import type { DatabaseIdentity } from '../sql/meta-operations.ts';
import type { OperationName } from '../sql/operations.ts';
import type {
  OperationReply,
  OperationRequest,
  WorkerReply,
  WorkerRequest,
  WorkerStart,
} from './messages.ts';
import type { OperationErrorRecord } from './operation-error.ts';

/** Most operations waiting for one thread; a disk that stalls for longer must not fill the memory. */
const MAX_WAITING = 20_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: StoreError): void;
}

/** What the owner of a thread wants to hear. */
export interface DatabaseThreadListeners {
  /** Before the replies of the same commit. */
  onCommit(changes: readonly ChangeRecord[]): void;
  /** The thread is gone though nobody closed it; every operation fails from now on. */
  onLost(error: StoreError): void;
}

/** A worker thread with one side of the database. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #listeners: DatabaseThreadListeners;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: StoreError | undefined;
  #isClosing = false;

  private constructor(worker: Worker, listeners: DatabaseThreadListeners) {
    this.#worker = worker;
    this.#listeners = listeners;
    worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    worker.on('error', (cause) =>
      this.#end(new StoreError('ERR_STORE_UNAVAILABLE', 'the database thread failed', { cause })),
    );
    worker.on('exit', () => this.#end(new StoreError('ERR_STORE_CLOSED', 'the datastore is closed')));
  }

  /** Starts the thread and waits until it has its database open. @throws {StoreError} `ERR_STORE_*` */
  static async start(
    start: WorkerStart,
    listeners: DatabaseThreadListeners,
  ): Promise<{ thread: DatabaseThread; identity: DatabaseIdentity | undefined }> {
    const url = new URL(`./database-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url, { workerData: start, name: `datastore-${start.role}` });
    const identity = await opened(worker);
    return { thread: new DatabaseThread(worker, listeners), identity };
  }

  /** Runs one operation. @throws {StoreError} what the operation refuses, or `ERR_STORE_*` */
  run(name: OperationName, input: unknown, at: number): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (this.#isClosing) return Promise.reject(new StoreError('ERR_STORE_CLOSED', 'the datastore is closed'));
    if (this.#waiting.size >= MAX_WAITING) {
      return Promise.reject(
        new StoreError('ERR_RESOURCE_EXHAUSTED', 'too many operations wait for the database'),
      );
    }
    const request: OperationRequest = { id: ++this.#lastId, name, input, at };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#post(request);
    });
  }

  /** Lets the operations under way finish, then ends the thread. */
  async close(): Promise<void> {
    if (this.#isClosing || this.#ended !== undefined) return;
    this.#isClosing = true;
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#post('close');
    await exited;
  }

  #post(request: WorkerRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind !== 'batch') return;
    try {
      if (reply.changes.length > 0) this.#listeners.onCommit(reply.changes);
    } finally {
      for (const one of reply.replies) this.#settle(one);
    }
  }

  #settle(reply: OperationReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(storeError(reply.error));
  }

  #end(error: StoreError): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(error);
    if (!this.#isClosing) this.#listeners.onLost(error);
  }
}

function opened(worker: Worker): Promise<DatabaseIdentity | undefined> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(new StoreError('ERR_STORE_UNAVAILABLE', 'the database thread did not start', { cause }));
    worker.once('error', fail);
    worker.once('exit', fail);
    worker.once('message', (reply: WorkerReply) => {
      worker.off('error', fail);
      worker.off('exit', fail);
      if (reply.kind === 'ready') resolve(reply.identity);
      else if (reply.kind === 'failed') reject(storeError(reply.error));
      else fail();
    });
  });
}

/** The error as the caller of a store gets it. */
export function storeError({ code, message, cause }: OperationErrorRecord): StoreError {
  return new StoreError(code, message, cause === undefined ? {} : { cause });
}
