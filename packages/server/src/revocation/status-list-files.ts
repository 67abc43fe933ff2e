import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonValue, parseJson, StoreError } from '@signet/core';
import { ensurePrivateDirectory, writeFileAtomic } from '@signet/daemon';
import type { StatusListRecord } from './status-list-record.ts';

const NAME = /^([A-Za-z0-9_-]{12})\.json$/;

/** What is known of each status list whose tokens may still be valid, on file. */
export class StatusListFiles {
  readonly #directory: string;

  /** @throws {ProcessError} `ERR_PROCESS_DIRECTORY`. */
  constructor(directory: string) {
    ensurePrivateDirectory(directory);
    this.#directory = directory;
  }

  /** @throws {StoreError} `ERR_STORE_CORRUPT` a file is none of ours. @throws {Error} of the operating system. */
  load(): StatusListRecord[] {
    return readdirSync(this.#directory).flatMap((name) => {
      const [, id] = NAME.exec(name) ?? [];
      return id === undefined ? [] : [readRecord(id, readFileSync(join(this.#directory, name)))];
    });
  }

  /** Durable when it resolves. */
  async save({ id, expiresAt, revoked }: StatusListRecord): Promise<void> {
    await writeFileAtomic(this.#pathOf(id), JSON.stringify({ expiresAt, revoked }));
  }

  remove(id: string): void {
    rmSync(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.#directory, `${id}.json`);
  }
}

function readRecord(id: string, text: Uint8Array): StatusListRecord {
  const value = parseJson(text, { maxBytes: 4 * 1024 * 1024 });
  if (!isJsonObject(value)) throw corrupt(id);
  const revoked = value.get('revoked');
  if (!isJsonArray(revoked)) throw corrupt(id);
  const wholeNumber = (each: JsonValue | undefined): number => {
    if (typeof each !== 'number' || !Number.isSafeInteger(each) || each < 0) throw corrupt(id);
    return each;
  };
  return { id, expiresAt: wholeNumber(value.get('expiresAt')), revoked: revoked.map(wholeNumber) };
}

function corrupt(id: string): StoreError {
  return new StoreError('ERR_STORE_CORRUPT', `the record of status list ${id} is damaged`);
}
