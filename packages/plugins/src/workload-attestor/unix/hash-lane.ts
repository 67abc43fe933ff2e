import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AttestationError } from '@signet/core';
import type { HashReply, HashRequest } from './file-hash-message.ts';
import { Turns } from './turns.ts';

const MAX_WAITING_PER_OWNER = 64;
/** Longest time for one file; a file system that hangs must not hold up other workloads for ever. */
const FILE_TIMEOUT_MS = 60_000;
/** How long the worker is kept when there is nothing to hash. */
const IDLE_MS = 5_000;

interface Job {
  readonly request: HashRequest;
  readonly resolve: (sha256: string) => void;
  readonly reject: (error: Error) => void;
}

/** Hashes files one after the other in a thread of its own, which exists only while there is work; owners take turns. */
export class HashLane {
  readonly #waiting = new Turns<number, Job>();
  #current: Job | undefined;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** As {@link FileHasher.sha256}. */
  async sha256(request: HashRequest, owner: number): Promise<string> {
    if (this.#waiting.sizeOf(owner) >= MAX_WAITING_PER_OWNER) {
      throw failure('too many executables wait to be hashed');
    }
    return await new Promise((resolve, reject) => {
      this.#waiting.add(owner, { request, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread; what waits is refused. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#abandon('the agent is stopping');
    for (const job of this.#waiting.takeAll()) job.reject(failure('the agent is stopping'));
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    this.#current = this.#waiting.take();
    clearTimeout(this.#timer);
    if (this.#current === undefined) {
      this.#timer = setTimeout(() => void this.close(), IDLE_MS).unref();
      return;
    }
    this.#timer = setTimeout(() => this.#stop('hashing took too long'), FILE_TIMEOUT_MS).unref();
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#current.request);
  }

  #start(): Worker {
    const worker = new Worker(new URL(`./file-hash-worker${extname(import.meta.url)}`, import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    worker.on('message', (reply: HashReply) => {
      if (this.#worker === worker) this.#finish(reply);
    });
    worker.on('error', () => {
      if (this.#worker === worker) this.#stop('the hashing thread failed');
    });
    worker.unref();
    return worker;
  }

  #finish(reply: HashReply): void {
    const job = this.#current;
    this.#current = undefined;
    if ('sha256' in reply) job?.resolve(reply.sha256);
    else job?.reject(failure(`executable cannot be hashed: ${reply.problem}`));
    this.#next();
  }

  #stop(reason: string): void {
    // A thread that hangs in a read ends when the read does; its successor does not wait for that.
    void this.#worker?.terminate();
    this.#abandon(reason);
    this.#next();
  }

  #abandon(reason: string): void {
    clearTimeout(this.#timer);
    this.#worker = undefined;
    const job = this.#current;
    this.#current = undefined;
    job?.reject(failure(reason));
  }
}

function failure(message: string): AttestationError {
  return new AttestationError('ERR_ATTESTATION_FAILED', message);
}
