import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { descriptorOf } from '../listen/socket-handle.ts';
import { type AnsweringConnection, requireAnswer } from './answer-check.ts';

const PING_ACK_HEAD = Buffer.from([0, 0, 8, 6, 1, 0, 0, 0, 0]);

let folder: string;
let client: Socket;
let accepted: Socket;

/** The connection as its owner has it. @param answer - what the client does when it is asked. */
function connection(answer: (frame: Buffer) => void, pid = process.pid): AnsweringConnection {
  const handle = (accepted as unknown as { _handle: { readStop(): void; readStart(): void } })._handle;
  return {
    pid,
    fd: descriptorOf(accepted),
    hold: () => handle.readStop(),
    resume: () => handle.readStart(),
    ping: (payload) => {
      answer(Buffer.concat([PING_ACK_HEAD, payload]));
      return true;
    },
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answer-'));
  const server = createServer().listen(join(folder, 's'));
  await once(server, 'listening');
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  client = connect(join(folder, 's'));
  [accepted] = await arrived;
  server.close();
});
afterEach(() => {
  client.destroy();
  accepted.destroy();
  rmSync(folder, { recursive: true });
});

describe('requireAnswer', () => {
  it.each([0, 1, 4080, 4081, 4095, 4096, 8190, 100_000])(
    'finds the answer behind %d other bytes, and leaves all of it to be read',
    async (length) => {
      const before = Buffer.alloc(length, 'x');
      const received: Buffer[] = [];
      accepted.on('data', (chunk: Buffer) => received.push(chunk));
      await requireAnswer(connection((frame) => client.write(Buffer.concat([before, frame]))));
      while (Buffer.concat(received).length < length + 17) await once(accepted, 'data');
      expect(Buffer.concat(received).subarray(0, length).equals(before)).toBe(true);
    },
  );

  it('finds an answer that comes in pieces', async () => {
    const pieces = (frame: Buffer): void => {
      client.write(frame.subarray(0, 3));
      setTimeout(() => client.write(frame.subarray(3, 12)), 20);
      setTimeout(() => client.write(frame.subarray(12)), 40);
    };
    await expect(requireAnswer(connection(pieces))).resolves.toBeUndefined();
  });

  it('refuses what another process wrote', async () => {
    const other = connection((frame) => client.write(frame), process.pid + 1);
    await expect(requireAnswer(other)).rejects.toMatchObject({ code: 'ERR_PEER_CREDENTIALS' });
  });

  it('refuses a wrong answer', async () => {
    const wrong = connection((frame) => client.write(frame.fill(1, 9)));
    await expect(requireAnswer(wrong)).rejects.toMatchObject({ code: 'ERR_PEER_CREDENTIALS' });
  });

  it('holds next to nothing while it waits', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const silent = Array.from({ length: 64 }, () => requireAnswer(connection(() => undefined)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    accepted.destroy();
    await Promise.allSettled(silent);
  });
});
