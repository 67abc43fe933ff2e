import type { FileHandle } from 'node:fs/promises';
import { HashLane } from './hash-lane.ts';

/** Hashes files in a thread of its own. */
export class FileHasher {
  readonly #lane = new HashLane();

  /**
   * The SHA-256 of the file in lower-case hex. The file stays the caller's and must stay open until then.
   *
   * @param owner - the user on whose behalf; users take turns.
   * @throws {AttestationError} as {@link HashLane.sha256}.
   */
  async sha256(file: FileHandle, size: number, owner: string): Promise<string> {
    return await this.#lane.sha256({ fd: file.fd, size }, owner);
  }

  /** Ends the thread; what waits is refused. */
  async close(): Promise<void> {
    await this.#lane.close();
  }
}
