import { open } from 'node:fs/promises';
import { type Stats, statSync } from 'node:fs';

const MAX_FILE_BYTES = 16 << 20;
const NAME = 0;
const ID = 2;

/** The names of user or group IDs: `/etc/passwd` or `/etc/group`, parsed again whenever the file has changed. */
export class NameDatabase {
  readonly #path: string;
  #names: ReadonlyMap<number, string> = new Map();
  #seen: Stats | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The names as they are now, by ID; the same object as long as the file does not change. Of several names of an ID the
   * first in the file counts, as for the C library.
   *
   * @throws the file system's error when the file cannot be read.
   */
  async current(): Promise<ReadonlyMap<number, string>> {
    // Asked at each request: to look here takes microseconds, in the thread pool a hundred times as long.
    if (!isSameFile(statSync(this.#path), this.#seen)) await this.#read();
    return this.#names;
  }

  async #read(): Promise<void> {
    const file = await open(this.#path);
    try {
      const stats = await file.stat();
      if (stats.size > MAX_FILE_BYTES) throw new Error(`${this.#path} is too large`);
      this.#names = namesIn(await file.readFile('utf8'));
      this.#seen = stats;
    } finally {
      await file.close();
    }
  }
}

function isSameFile(now: Stats, seen: Stats | undefined): boolean {
  return (
    now.ino === seen?.ino &&
    now.dev === seen.dev &&
    now.size === seen.size &&
    now.mtimeMs === seen.mtimeMs &&
    now.ctimeMs === seen.ctimeMs
  );
}

function namesIn(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const fields = line.split(':');
    const [name, id] = [fields[NAME] ?? '', fields[ID] ?? ''];
    // A leading + or - refers to another database, which is not asked here.
    if (!/^[^#+\-\s][^\s]*$/.test(name) || !/^[0-9]{1,10}$/.test(id)) continue;
    if (!names.has(Number(id))) names.set(Number(id), name);
  }
  return names;
}
