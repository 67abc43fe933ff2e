import { open } from 'node:fs/promises';
import { type BigIntStats, statSync } from 'node:fs';

const MAX_FILE_BYTES = 16 << 20;
const NAME = 0;
const ID = 2;

/** The names of user or group IDs: `/etc/passwd` or `/etc/group`, parsed again whenever the file has changed. */
export class NameDatabase {
  readonly #path: string;
  #names: ReadonlyMap<number, string> = new Map();
  #version = '';

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The name of the ID, or undefined when there is none. Of several names the first in the file counts, as for
   * the C library.
   *
   * @throws the file system's error when the file cannot be read.
   */
  async nameOf(id: number): Promise<string | undefined> {
    // Each request asks several times: to look here takes microseconds, in the thread pool a hundred times as long.
    if (versionOf(statSync(this.#path, { bigint: true })) !== this.#version) await this.#read();
    return this.#names.get(id);
  }

  async #read(): Promise<void> {
    const file = await open(this.#path);
    try {
      const stats = await file.stat({ bigint: true });
      if (stats.size > MAX_FILE_BYTES) throw new Error(`${this.#path} is too large`);
      this.#names = namesIn(await file.readFile('utf8'));
      this.#version = versionOf(stats);
    } finally {
      await file.close();
    }
  }
}

function versionOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
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
