import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePem } from '@signet/core';

/** Folder of the good inputs that are changed; `make-corpus.ts` makes most of them. */
export const CORPUS: string = fileURLToPath(new URL('corpus', import.meta.url));

/** A file of the corpus. */
export function corpusText(name: string): string {
  return readFileSync(join(CORPUS, name), 'utf8');
}

/** The first PEM block of a file of the corpus. */
export function corpusDer(name: string, label: string): Uint8Array {
  return decodePem(corpusText(name), label)[0] as Uint8Array;
}
