import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AttestationError } from '@signet/core';
import type { HashForget, HashReply, HashRequest } from './file-hash-message.ts';
import { Turns } from './turns.ts';

const MAX_WAITING_PER_OWNER = 64;
/** Longest time for one piece; a file system that hangs must not hold up other workloads for ever. */
const PIECE_TIMEOUT_MS = 10_000;
/** Longest time for a whole file, waiting included. */
const FILE_TIMEOUT_MS = 60_000;
/** How long the worker is kept when there is nothing to hash. */
const IDLE_MS = 5_000;

interface Job {
  readonly id: number;
  readonly owner: string;
  readonly fd: number;
  readonly size: number;
  readonly giveUpAtMs: number;
  readonly resolve: (sha256: string) => void;
  readonly reject: (error: Error) => void;
  /** how far it got, in the memory of this worker. */
  at: number;
  worker: Worker | undefined;
}

/**
 * Hashes files in a thread of its own, which exists only while there is work. Owners take turns piece by piece: however
 * many programs one of them has, and however large they are, another's is delayed by as much work as its own.
 */
export class HashLane {
  readonly #waiting = new Turns<string, Job>();
  #jobs = 0;
  #current: Job | undefined;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * The SHA-256 of an open file in lower-case hex.
   *
   * @param owner - the user on whose behalf; users take turns.
   * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when it cannot be read as it is, when too many of this user wait,
   *   or when it takes too long.
   */
  async sha256({ fd, size }: Pick<HashRequest, 'fd' | 'size'>, owner: string): Promise<string> {
    if (this.#waiting.sizeOf(owner) >= MAX_WAITING_PER_OWNER) {
      throw failure('too many executables wait to be hashed');
    }
    const id = (this.#jobs += 1);
    const giveUpAtMs = performance.now() + FILE_TIMEOUT_MS;
    return await new Promise((resolve, reject) => {
      this.#waiting.add(owner, {
        id,
        owner,
        fd,
        size,
        giveUpAtMs,
        resolve,
        reject,
        at: 0,
        worker: undefined,
      });
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
    this.#current = this.#takeInTime();
    clearTimeout(this.#timer);
    if (this.#current === undefined) {
      this.#timer = setTimeout(() => void this.close(), IDLE_MS).unref();
      return;
    }
    this.#timer = setTimeout(() => this.#stop('hashing took too long'), PIECE_TIMEOUT_MS).unref();
    this.#worker ??= this.#start();
    this.#worker.postMessage(nextPiece(this.#current, this.#worker));
  }

  #takeInTime(): Job | undefined {
    for (;;) {
      const job = this.#waiting.take();
      if (job === undefined || job.giveUpAtMs > performance.now()) return job;
      job.worker?.postMessage({ forget: job.id } satisfies HashForget);
      job.reject(failure('hashing took too long'));
    }
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
    if (job === undefined) return;
    if ('at' in reply) {
      job.at = reply.at;
      this.#waiting.putBack(job.owner, job);
    } else if ('sha256' in reply) job.resolve(reply.sha256);
    else job.reject(failure(`executable cannot be hashed: ${reply.problem}`));
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

/** What a former worker had of the file is lost with it. */
function nextPiece(job: Job, worker: Worker): HashRequest {
  if (job.worker !== worker) job.at = 0;
  job.worker = worker;
  return { job: job.id, fd: job.fd, size: job.size, at: job.at };
}

function failure(message: string): AttestationError {
  return new AttestationError('ERR_ATTESTATION_FAILED', message);
}
