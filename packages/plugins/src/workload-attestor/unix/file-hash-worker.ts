import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { HashForget, HashReply, HashRequest } from './file-hash-message.ts';

const CHUNK_BYTES = 256 * 1024;
/** So much is hashed before others have their turn: some fifty milliseconds. */
const PIECE_BYTES = 32 * 1024 * 1024;
const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
const begun = new Map<number, Hash>();

parentPort?.on('message', (message: HashRequest | HashForget) => {
  if ('forget' in message) begun.delete(message.forget);
  else parentPort?.postMessage(replyFor(message));
});

function replyFor(request: HashRequest): HashReply {
  try {
    const reply = hashPiece(request);
    if (!('at' in reply)) begun.delete(request.job);
    return reply;
  } catch (error) {
    begun.delete(request.job);
    return { problem: error instanceof Error ? error.message : 'read failed' };
  }
}

/** Reads by position, so that the descriptor's own offset does not matter. */
function hashPiece({ job, fd, size, at: from }: HashRequest): HashReply {
  const hash = from === 0 ? createHash('sha256') : begun.get(job);
  if (hash === undefined) return { problem: 'the beginning is lost' };
  begun.set(job, hash);
  for (let at = from; ;) {
    const count = readSync(fd, chunk, 0, CHUNK_BYTES, at);
    if (count === 0) return at === size ? { sha256: hash.digest('hex') } : { problem: 'file became shorter' };
    at += count;
    if (at > size) return { problem: 'file became longer' };
    hash.update(chunk.subarray(0, count));
    if (at - from >= PIECE_BYTES) return { at };
  }
}
