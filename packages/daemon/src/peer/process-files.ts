import { closeSync, openSync, readSync } from 'node:fs';

// Used again for each read: none waits for anything.
const CHUNK = Buffer.alloc(8192);

/**
 * What /proc says of one process, read again and again.
 *
 * The files stay open. That saves half of each read, and makes it certain of whom they tell: when the process has ended
 * they can no longer be read, whatever its pid means by then.
 */
export class ProcessFiles {
  readonly #folder: string;
  readonly #open = new Map<string, number>();
  #isClosed = false;

  constructor(pid: number) {
    this.#folder = `/proc/${pid}/`;
  }

  /** The text of /proc/PID/stat as it is now. @throws the file system's error when the process has ended. */
  stat(): string {
    return this.#read('stat');
  }

  /** The text of /proc/PID/status as it is now. @throws the file system's error when the process has ended. */
  status(): string {
    return this.#read('status');
  }

  close(): void {
    this.#isClosed = true;
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }

  #read(name: string): string {
    const fd = this.#open.get(name) ?? this.#openFile(name);
    const first = readSync(fd, CHUNK, 0, CHUNK.length, 0);
    let text = CHUNK.toString('latin1', 0, first);
    for (let count = first; count === CHUNK.length;) {
      count = readSync(fd, CHUNK, 0, CHUNK.length, text.length);
      text += CHUNK.toString('latin1', 0, count);
    }
    return text;
  }

  #openFile(name: string): number {
    if (this.#isClosed) throw new Error('the files are closed');
    const fd = openSync(this.#folder + name, 'r');
    this.#open.set(name, fd);
    return fd;
  }
}
