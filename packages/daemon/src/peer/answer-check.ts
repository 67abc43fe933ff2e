import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProcessError } from '@signet/core';
import { monotonicMs } from '../process/clock.ts';
import { delay } from '../process/timer.ts';
import { lookAhead, recordSenders, waitingBytes } from './waiting-bytes.ts';

/** A connection that can be asked for an answer. */
export interface AnsweringConnection {
  /** of the socket; -1 once it is closed. */
  readonly fd: number;
  /** the process that connected. */
  readonly pid: number;
  /** Leaves what comes in where it is, in the kernel. */
  hold(): void;
  /** Takes it again. */
  resume(): void;
  /** Sends an HTTP/2 PING. @param payload - 8 bytes. @returns false when that is not possible. */
  ping(payload: Buffer): boolean;
}

// What waits is looked at in pieces of this size, each piece once; used again for each, since a look waits for nothing.
const SCRATCH = Buffer.alloc(4096);
const TIMEOUT_MS = 3_000;
const LONGEST_PAUSE_MS = 16;
// Length 8, type PING, flag ACK, stream 0.
const PING_ACK_HEAD = Buffer.from([0, 0, 8, 6, 1, 0, 0, 0, 0]);

/**
 * Makes sure that the process that connected speaks for itself at this moment: it is asked to send back a random number,
 * and the kernel says who wrote the answer.
 *
 * That a process connected says nothing of the program that it runs later. One that executes another program between its
 * connect() and our first look at it is seen as that other program, while a child that has the same socket makes the
 * requests. But what such a program does not know to do is answer.
 *
 * @throws {ProcessError} `ERR_PEER_CREDENTIALS` when another process answers, or none does in time.
 */
export async function requireAnswer(connection: AnsweringConnection): Promise<void> {
  const answer = Buffer.concat([PING_ACK_HEAD, randomBytes(8)]);
  recordSenders(openFd(connection));
  await drainUnrecorded(connection);
  try {
    lookAhead(openFd(connection), true);
    if (!connection.ping(answer.subarray(PING_ACK_HEAD.length))) throw refuse('the peer cannot be asked');
    await waitForAnswer(connection, answer);
  } finally {
    if (connection.fd >= 0) lookAhead(connection.fd, false);
    connection.resume();
  }
}

/** Holds the connection as soon as nothing waits in it that was written before senders were recorded. */
async function drainUnrecorded(connection: AnsweringConnection): Promise<void> {
  const scratch = new Uint8Array(1);
  const giveUpAt = monotonicMs() + TIMEOUT_MS;
  for (;;) {
    connection.hold();
    if (waitingBytes(openFd(connection), scratch)?.senderPid !== 0) return;
    connection.resume();
    if (monotonicMs() > giveUpAt) throw refuse('the peer did not let itself be asked');
    await nextTurn();
  }
}

async function waitForAnswer(connection: AnsweringConnection, answer: Buffer): Promise<void> {
  const seen = { end: Buffer.alloc(0) };
  const giveUpAt = monotonicMs() + TIMEOUT_MS;
  for (let pauseMs = 0; monotonicMs() < giveUpAt; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 + 1)) {
    if (hasCome(connection, answer, seen)) return;
    await (pauseMs === 0 ? nextTurn() : delay(pauseMs));
  }
  throw refuse('the process that connected did not answer');
}

/** Looks at all that has come in since the last look. @param seen - the end of what was looked at before. */
function hasCome(connection: AnsweringConnection, answer: Buffer, seen: { end: Buffer }): boolean {
  for (;;) {
    const waiting = waitingBytes(openFd(connection), SCRATCH);
    if (waiting === undefined) return false;
    if (waiting.senderPid !== connection.pid) {
      throw refuse('another process than the one that connected writes to the connection');
    }
    const bytes = Buffer.concat([seen.end, waiting.bytes]);
    if (bytes.includes(answer)) return true;
    seen.end = bytes.subarray(-answer.length);
  }
}

function openFd({ fd }: AnsweringConnection): number {
  if (fd < 0) throw refuse('the connection is closed');
  return fd;
}

function refuse(message: string): ProcessError {
  return new ProcessError('ERR_PEER_CREDENTIALS', message);
}
