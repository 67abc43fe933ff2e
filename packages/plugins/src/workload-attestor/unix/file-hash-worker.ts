import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { HashReply, HashRequest } from './file-hash-message.ts';

const CHUNK_BYTES = 256 * 1024;
const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);

parentPort?.on('message', ({ fd, size }: HashRequest) => {
  parentPort?.postMessage(replyFor(fd, size));
});

function replyFor(fd: number, size: number): HashReply {
  try {
    return hashOf(fd, size);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'read failed' };
  }
}

/** Reads by position, so that the descriptor's own offset does not matter. */
function hashOf(fd: number, size: number): HashReply {
  const hash = createHash('sha256');
  for (let at = 0; ;) {
    const count = readSync(fd, chunk, 0, CHUNK_BYTES, at);
    if (count === 0) return at === size ? { sha256: hash.digest('hex') } : { problem: 'file became shorter' };
    at += count;
    if (at > size) return { problem: 'file became longer' };
    hash.update(chunk.subarray(0, count));
  }
}
