import { closeSync, constants, fdatasync, openSync, unlinkSync, writeSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Syncable } from './journal-syncer.ts';

const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW } = constants;
const syncData = promisify(fdatasync);

/** First octets of each file. */
export const SEGMENT_HEADER: Uint8Array = new TextEncoder().encode('signet ledger 1\n');

/** A journal file that is written to. */
export interface Segment extends Syncable {
  readonly name: string;
  /** Bytes that were written as a whole. */
  readonly size: number;
  /** @throws {Error} of the operating system; what was written of it is no part of `size`. */
  write(bytes: Uint8Array): void;
  /** Waits until what was written is on stable storage. */
  sync(): Promise<void>;
  /** Lets go of the file; a sync under way is waited for. */
  close(): Promise<void>;
  /** Closes the file and takes it away. */
  delete(): Promise<void>;
}

/** Makes a new file. @throws {Error} of the operating system; then there is none. */
export function createSegmentFile(directory: string, name: string): Segment {
  const file = new SegmentFile(directory, name);
  try {
    file.write(SEGMENT_HEADER);
    return file;
  } catch (error) {
    file.abandon();
    throw error;
  }
}

class SegmentFile implements Segment {
  readonly name: string;
  readonly #directory: string;
  readonly #path: string;
  readonly #descriptor: number;
  #size = 0;
  #isOpen = true;
  #isListed = false;
  #syncing: Promise<void> = Promise.resolve();

  constructor(directory: string, name: string) {
    this.name = name;
    this.#directory = directory;
    this.#path = join(directory, name);
    this.#descriptor = openSync(this.#path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW, 0o600);
  }

  get size(): number {
    return this.#size;
  }

  // On this thread: a hop to another one takes fifty times as long as the write itself.
  write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    this.#size += written;
  }

  sync(): Promise<void> {
    if (!this.#isOpen) return this.#syncing;
    this.#syncing = this.#sync();
    return this.#syncing;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#syncing.catch(() => undefined);
    closeSync(this.#descriptor);
  }

  async delete(): Promise<void> {
    await this.close();
    await unlink(this.#path);
  }

  abandon(): void {
    this.#isOpen = false;
    closeSync(this.#descriptor);
    unlinkSync(this.#path);
  }

  async #sync(): Promise<void> {
    await syncData(this.#descriptor);
    if (this.#isListed) return;
    await syncDirectory(this.#directory);
    this.#isListed = true;
  }
}

/** A new file is there after a loss of power only when its directory was synced too. */
async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path);
  await directory.sync();
}
