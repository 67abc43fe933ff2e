import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { AttestationError, type Clock } from '@signet/core';
import type { FileHasher } from './file-hasher.ts';

const MAX_ENTRIES = 1024;
/** A change so shortly after another may leave the same change time; a digest that young is not remembered. */
const SETTLED_MS = 2_000;

/** Digests of open files, remembered by device, inode, change time and size; each file is hashed once at a time. */
export class DigestCache {
  readonly #hasher: Pick<FileHasher, 'sha256'>;
  readonly #clock: Clock;
  readonly #digests = new Map<string, Promise<string>>();

  constructor(hasher: Pick<FileHasher, 'sha256'>, clock: Clock) {
    this.#hasher = hasher;
    this.#clock = clock;
  }

  /**
   * The SHA-256 of the file in lower-case hex; closes the file when it is no longer needed.
   *
   * @param stats - of the very file.
   * @param owner - the user on whose behalf it is hashed.
   * @throws {AttestationError} `ERR_ATTESTATION_FAILED` also when the file changes meanwhile.
   */
  async sha256(file: FileHandle, stats: BigIntStats, owner: string): Promise<string> {
    const key = versionOf(stats);
    const known = this.#digests.get(key);
    if (known !== undefined) {
      await file.close();
      this.#touch(key, known);
      return await known;
    }
    const digest = this.#hash(file, stats, owner);
    if (this.#isSettled(stats)) this.#remember(key, digest);
    return await digest;
  }

  async #hash(file: FileHandle, stats: BigIntStats, owner: string): Promise<string> {
    try {
      const digest = await this.#hasher.sha256(file, Number(stats.size), owner);
      if (versionOf(await file.stat({ bigint: true })) !== versionOf(stats)) {
        throw new AttestationError('ERR_ATTESTATION_FAILED', 'executable changed while it was hashed');
      }
      return digest;
    } finally {
      await file.close();
    }
  }

  #isSettled({ ctimeMs }: BigIntStats): boolean {
    return this.#clock.nowMs() - Number(ctimeMs) >= SETTLED_MS;
  }

  #remember(key: string, digest: Promise<string>): void {
    this.#digests.set(key, digest);
    digest.catch(() => this.#digests.delete(key));
    const oldest = this.#digests.keys().next();
    if (this.#digests.size > MAX_ENTRIES && oldest.done !== true) this.#digests.delete(oldest.value);
  }

  #touch(key: string, digest: Promise<string>): void {
    this.#digests.delete(key);
    this.#digests.set(key, digest);
  }
}

function versionOf({ dev, ino, ctimeNs, size }: BigIntStats): string {
  return [dev, ino, ctimeNs, size].join(':');
}
