import type { FileHandle } from 'node:fs/promises';
import { HashLane } from './hash-lane.ts';

/** Up to this size a file is hashed in a second or so, and larger ones must not hold it up. */
const SMALL_BYTES = 256 * 1024 * 1024;

/** Hashes files in threads of its own, which exist only while there is work: one for small files, one for huge ones. */
export class FileHasher {
  readonly #small = new HashLane();
  readonly #huge = new HashLane();

  /**
   * The SHA-256 of the file in lower-case hex. The file stays the caller's and must stay open until then.
   *
   * @param owner - the user on whose behalf; users take turns.
   * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when it cannot be read as it is, when too many of this user wait,
   *   or when it takes too long.
   */
  async sha256(file: FileHandle, size: number, owner: number): Promise<string> {
    const lane = size <= SMALL_BYTES ? this.#small : this.#huge;
    return await lane.sha256({ fd: file.fd, size }, owner);
  }

  /** Ends the threads; what waits is refused. */
  async close(): Promise<void> {
    await Promise.all([this.#small.close(), this.#huge.close()]);
  }
}
