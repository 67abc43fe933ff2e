import { closeFd, isReadable, openPidFd } from '../platform/libc.ts';

/** A handle on one process: unlike its pid it is never given to another. Close it when done. */
export class PidFd {
  #fd: number;

  /** @param fd - an open pidfd; owned from now on. */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /** @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` when there is no such process. */
  static open(pid: number): PidFd {
    return new PidFd(openPidFd(pid));
  }

  /** -1 after close(). */
  get fd(): number {
    return this.#fd;
  }

  /** False once the process has ended (a zombie has), and after close(). */
  isAlive(): boolean {
    return this.#fd >= 0 && !isReadable(this.#fd);
  }

  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    closeFd(fd);
  }
}
