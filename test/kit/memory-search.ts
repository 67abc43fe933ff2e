import { open, readFile } from 'node:fs/promises';

const CHUNK = 16 * 1024 * 1024;

/**
 * How often each sequence of bytes is in the memory of a process that can be written, where all that it made itself is.
 * Needs root.
 */
export async function countInMemory(
  pid: number,
  needles: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(Array.from(needles.keys(), (name) => [name, 0]));
  await using memory = await open(`/proc/${pid}/mem`, 'r');
  const overlap = Math.max(...Array.from(needles.values(), ({ length }) => length)) - 1;
  const buffer = Buffer.allocUnsafeSlow(CHUNK + overlap);
  for (const { start, end } of await writableRanges(pid)) {
    for (let at = start; at < end; at += CHUNK) {
      const length = Math.min(CHUNK + overlap, end - at);
      const chunk = await memory.read(buffer, 0, length, at).catch(() => undefined);
      // Ranges that are only reserved cannot be read, and others go away meanwhile.
      if (chunk === undefined) continue;
      const bytes = chunk.buffer.subarray(0, chunk.bytesRead);
      for (const [name, needle] of needles) {
        counts.set(name, (counts.get(name) ?? 0) + occurrences(bytes, needle, CHUNK));
      }
    }
  }
  return counts;
}

/** Those that begin before `limit`: the others begin in the next chunk. */
function occurrences(bytes: Buffer, needle: Uint8Array, limit: number): number {
  let count = 0;
  for (let at = bytes.indexOf(needle); at >= 0 && at < limit; at = bytes.indexOf(needle, at + 1)) count += 1;
  return count;
}

async function writableRanges(
  pid: number,
): Promise<readonly { readonly start: number; readonly end: number }[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'latin1');
  return Array.from(maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm), ([, start = '', end = '']) => ({
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
  }));
}
