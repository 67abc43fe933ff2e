import { Socket } from 'node:net';
import {
  addToEpoll,
  closeFd,
  connectedPair,
  duplicateFd,
  openEpoll,
  readableOf,
  removeFromEpoll,
} from '../platform/libc.ts';
import { handleOf } from '../listen/socket-handle.ts';
import type { PidFd } from './pid-fd.ts';

/** What is below a pipe of Node: no public interface of it. */
interface PipeHandle {
  onread: () => void;
  open(fd: number): number;
  readStart(): number;
  unref(): void;
  close(): void;
}

/**
 * Tells when processes end: the kernel does, nothing is asked again and again.
 *
 * A pidfd is readable once its process has ended, and an epoll descriptor when one of its pidfds is. Node has no interface
 * to wait for such a descriptor, but its event loop waits for any that it takes for a pipe: the read that follows fails,
 * and that is the news.
 */
export class ProcessExits {
  readonly #listeners = new Map<number, () => void>();
  #epoll = -1;
  #pipe: PipeHandle | undefined;
  #isClosed = false;

  /** How many processes are watched. */
  get size(): number {
    return this.#listeners.size;
  }

  /**
   * Calls the listener once, when the process has ended; soon when it has already. The pidfd stays the caller's, who stops
   * the watch before closing it.
   *
   * @returns what stops it.
   * @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL`
   */
  watch(pidfd: PidFd, onExit: () => void): () => void {
    if (this.#isClosed) return () => undefined;
    this.#open();
    const { fd } = pidfd;
    addToEpoll(this.#epoll, fd);
    this.#listeners.set(fd, onExit);
    return () => {
      if (this.#listeners.get(fd) === onExit) this.#forget(fd);
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#pipe?.close();
    if (this.#epoll >= 0) closeFd(this.#epoll);
    this.#epoll = -1;
  }

  #open(): void {
    if (this.#epoll >= 0) return;
    this.#epoll = openEpoll();
    this.#wait();
  }

  #wait(): void {
    if (this.#isClosed) return;
    this.#pipe ??= newPipe();
    this.#pipe.onread = () => this.#read();
    // The pipe closes what it is opened with.
    this.#pipe.open(duplicateFd(this.#epoll));
    this.#pipe.unref();
    this.#pipe.readStart();
  }

  #read(): void {
    // A pipe whose read has failed is of no further use.
    this.#pipe?.close();
    this.#pipe = undefined;
    setImmediate(() => this.#wait());
    for (const fd of readableOf(this.#epoll)) {
      const listener = this.#listeners.get(fd);
      this.#forget(fd);
      listener?.();
    }
  }

  #forget(fd: number): void {
    this.#listeners.delete(fd);
    removeFromEpoll(this.#epoll, fd);
  }
}

type PipeClass = new (type: number) => PipeHandle;
let pipeClass: PipeClass | undefined;

function newPipe(): PipeHandle {
  pipeClass ??= findPipeClass();
  return new pipeClass(0);
}

/** It has no public name; every Unix socket has an instance below it. */
function findPipeClass(): PipeClass {
  const [near, far] = connectedPair();
  const socket = new Socket({ fd: near });
  try {
    return handleOf(socket)?.constructor as PipeClass;
  } finally {
    socket.destroy();
    closeFd(far);
  }
}
