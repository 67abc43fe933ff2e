import { PluginError, type KeyType } from '@signet/core';
import type { KeyManager, ManagedKey } from '../kinds/key-manager.ts';
import { generatePrivateKey } from './generate-private-key.ts';
import { LocalKey } from './local-key.ts';

/** Keeps a whole set of keys: all of the new or, when it rejects, all of the old. */
export type SaveKeys = (keys: ReadonlyMap<string, LocalKey>) => Promise<void>;

/** A key manager whose keys live in this process; where else they are kept is up to `save`. */
export class LocalKeyManager implements KeyManager {
  #keys: ReadonlyMap<string, LocalKey>;
  #lastChange: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #save: SaveKeys;

  constructor(keys: ReadonlyMap<string, LocalKey>, save: SaveKeys) {
    this.#keys = keys;
    this.#save = save;
  }

  async generateKey(id: string, type: KeyType): Promise<ManagedKey> {
    this.#checkOpen();
    checkId(id);
    const change = this.#lastChange.then(() => this.#replace(id, type));
    this.#lastChange = change.catch(() => undefined);
    return await change;
  }

  async #replace(id: string, type: KeyType): Promise<ManagedKey> {
    const key = new LocalKey(id, type, await generatePrivateKey(type));
    const keys = new Map(this.#keys).set(id, key);
    await this.#save(keys);
    this.#keys = keys;
    return key;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures of an async method must be rejections
  async getKey(id: string): Promise<ManagedKey | undefined> {
    this.#checkOpen();
    return this.#keys.get(id);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures of an async method must be rejections
  async getKeys(): Promise<readonly ManagedKey[]> {
    this.#checkOpen();
    return [...this.#keys.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#lastChange;
  }

  #checkOpen(): void {
    if (this.#closed) throw new PluginError('ERR_FAILED_PRECONDITION', 'key manager is closed');
  }
}

function checkId(id: string): void {
  if (/^[\x20-\x7e]{1,255}$/.test(id) && !id.includes('\n')) return;
  throw new PluginError('ERR_INVALID_ARGUMENT', 'key id must be 1 to 255 printable ASCII characters');
}
