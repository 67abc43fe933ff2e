import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';

const NAME = /^(\d{12})-[0-9a-f]{16}\.journal$/;

/** The names of the journal files in a directory, oldest first. */
export async function segmentNames(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => NAME.test(name)).sort();
}

/**
 * A name that sorts after those given, and that no other file ever had: what the datastore remembers of a file must not
 * be taken for a part of another one, not even after a backup was restored.
 */
export function nextSegmentName(names: Iterable<string>): string {
  let newest = 0;
  for (const name of names) newest = Math.max(newest, Number(NAME.exec(name)?.[1] ?? 0));
  return `${String(newest + 1).padStart(12, '0')}-${randomBytes(8).toString('hex')}.journal`;
}
