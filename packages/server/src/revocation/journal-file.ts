import { closeSync, constants, fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { StoreError } from '@signet/core';
import { writeFileAtomicSync } from '@signet/daemon';
import { FrameBuffer, readFrames } from '../ledger/segment-frames.ts';

const HEADER = Buffer.from('signet revocations 1\n');
const { O_RDWR, O_APPEND, O_NOFOLLOW } = constants;
const syncData = promisify(fdatasync);

/** A file that only grows, of texts each with its checksum. */
export class JournalFile {
  readonly #path: string;
  readonly #frames = new FrameBuffer();
  #descriptor: number;
  #syncing: Promise<unknown> = Promise.resolve();

  private constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW);
  }

  /**
   * Opens a file, made when missing. What a crash cut off at its end is removed: nobody was told of it.
   *
   * @returns the texts in it.
   * @throws {StoreError} `ERR_STORE_CORRUPT` it is damaged before its end. @throws {Error} of the operating system.
   */
  static open(path: string): { file: JournalFile; texts: readonly string[] } {
    const content = readOrCreate(path);
    if (!content.subarray(0, HEADER.length).equals(HEADER)) throw damaged(path);
    const texts: string[] = [];
    let end = HEADER.length;
    for (const part of readFrames(content, HEADER.length)) {
      if (part.kind === 'damage') throw damaged(path);
      texts.push(part.text);
      end = part.end;
    }
    const file = new JournalFile(path);
    if (end < content.length) ftruncateSync(file.#descriptor, end);
    return { file, texts };
  }

  /** Writes texts, on this thread. @throws {Error} of the operating system. */
  append(texts: readonly string[]): void {
    for (const text of texts) this.#frames.add(text);
    const bytes = this.#frames.take();
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
  }

  /** Waits until all that was written is on stable storage. */
  async sync(): Promise<void> {
    const syncing = syncData(this.#descriptor);
    this.#syncing = syncing.catch(() => undefined);
    await syncing;
  }

  /** Puts these texts in the place of all others, durably; a crash leaves the one or the other. */
  replace(texts: readonly string[]): void {
    for (const text of texts) this.#frames.add(text);
    writeFileAtomicSync(this.#path, Buffer.concat([HEADER, this.#frames.take()]));
    const descriptor = openSync(this.#path, O_RDWR | O_APPEND | O_NOFOLLOW);
    this.close();
    this.#descriptor = descriptor;
    this.#syncing = Promise.resolve();
  }

  /** Lets go of the file; a sync under way is waited for: its descriptor may not be another file's before it ends. */
  close(): void {
    const descriptor = this.#descriptor;
    void this.#syncing.then(() => closeSync(descriptor));
  }
}

function readOrCreate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    writeFileAtomicSync(path, HEADER);
    return HEADER;
  }
}

function damaged(path: string): StoreError {
  return new StoreError(
    'ERR_STORE_CORRUPT',
    `${path} is damaged: restore it, or move it away, start, and revoke by time what it may have held`,
  );
}
