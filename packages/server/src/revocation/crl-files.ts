import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Crl, parseCrl } from '@signet/core';
import { ensurePrivateDirectory, writeFileAtomic } from '@signet/daemon';

const NAME = /^([0-9a-f]{2,128})\.crl$/;

/** A CRL on file, and what it says. */
export interface StoredCrl {
  readonly der: Uint8Array;
  readonly crl: Crl;
}

/** The newest CRL of each authority, on file: numbers go on from there, and nothing that was listed is forgotten. */
export class CrlFiles {
  readonly #directory: string;

  /** @throws {ProcessError} `ERR_PROCESS_DIRECTORY`. */
  constructor(directory: string) {
    ensurePrivateDirectory(directory);
    this.#directory = directory;
  }

  /** By authority ID. @throws {X509Error} a file is no CRL. @throws {Error} of the operating system. */
  load(): Map<string, StoredCrl> {
    const crls = new Map<string, StoredCrl>();
    for (const name of readdirSync(this.#directory)) {
      const [, authorityId] = NAME.exec(name) ?? [];
      if (authorityId === undefined) continue;
      const der = readFileSync(join(this.#directory, name));
      crls.set(authorityId, { der, crl: parseCrl(der) });
    }
    return crls;
  }

  /** Durable when it resolves. */
  async save(authorityId: string, der: Uint8Array): Promise<void> {
    await writeFileAtomic(this.#pathOf(authorityId), der);
  }

  remove(authorityId: string): void {
    rmSync(this.#pathOf(authorityId), { force: true });
  }

  #pathOf(authorityId: string): string {
    return join(this.#directory, `${authorityId}.crl`);
  }
}
