import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { peekBytes } from '../../platform/libc.ts';
import { descriptorOf } from '../socket-handle.ts';
import { frame, preface, settings } from '../testdata/frames.ts';
import { Bridge } from './bridge.ts';
import { temporaryFolder } from '../../testdata/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

interface Fixture {
  /** the far end of the connection. */
  readonly peer: Socket;
  /** our end of it. */
  readonly socket: Socket;
  readonly bridge: Bridge;
}

async function start(): Promise<Fixture> {
  const path = join(temporaryFolder(), 's');
  const server = createServer({ pauseOnConnect: true }).listen(path);
  const peer = connect(path);
  peer.on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.on('error', () => undefined);
  const bridge = new Bridge(socket);
  bridge.inner.on('error', () => undefined);
  cleanups.push(
    () => server.close(),
    () => socket.destroy(),
    () => bridge.inner.destroy(),
    () => peer.destroy(),
  );
  return { peer, socket, bridge };
}

async function read(from: Socket, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (from.resume(); length < count;) {
    const [chunk] = (await once(from, 'data')) as [Buffer];
    chunks.push(chunk);
    length += chunk.length;
  }
  from.pause();
  return Buffer.concat(chunks);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const OPENING = Buffer.concat([preface, settings]);
/** More than all buffers on the way hold. */
const MANY = Buffer.concat([OPENING, frame(0, 0, 1, randomBytes(4_000_000))]);

describe('a bridge', () => {
  it('carries bytes both ways, in order, however slowly they are read', async () => {
    const { peer, bridge } = await start();
    bridge.inner.pause();
    peer.write(MANY);
    bridge.inner.write(MANY);
    await turns(50);
    expect((await read(bridge.inner, MANY.length)).equals(MANY)).toBe(true);
    expect((await read(peer, MANY.length)).equals(MANY)).toBe(true);
  });

  it('leaves what comes in the kernel while reading is held', async () => {
    const { peer, socket, bridge } = await start();
    peer.write(OPENING);
    await read(bridge.inner, OPENING.length);
    bridge.hold();
    const answer = frame(6, 1, 0, randomBytes(8));
    peer.write(answer);
    await turns(50);
    const waiting = Buffer.alloc(100);
    expect(waiting.subarray(0, peekBytes(descriptorOf(socket), waiting)).equals(answer)).toBe(true);
    bridge.resume();
    expect((await read(bridge.inner, answer.length)).equals(answer)).toBe(true);
  });

  it('reads nothing while it is held, also when what it has read gets on', async () => {
    const { peer, socket, bridge } = await start();
    bridge.inner.pause();
    peer.write(MANY);
    await turns(50);
    bridge.hold();
    const before = socket.bytesRead;
    const received = read(bridge.inner, MANY.length);
    await turns(100);
    expect([socket.bytesRead, before < MANY.length]).toEqual([before, true]);
    bridge.resume();
    expect((await received).equals(MANY)).toBe(true);
  });

  it('ends with the client', async () => {
    const { peer, bridge } = await start();
    const ended = once(bridge.inner.resume(), 'close');
    peer.destroy();
    await ended;
  });

  it('ends with the HTTP/2 side, and what that said last still arrives', async () => {
    const { peer, bridge } = await start();
    const goaway = frame(7, 0, 0, Buffer.alloc(8));
    const ended = once(peer, 'close');
    bridge.inner.end(goaway);
    expect((await read(peer, goaway.length)).equals(goaway)).toBe(true);
    peer.resume();
    await ended;
  });

  it('ends with the HTTP/2 side also when the client reads nothing', async () => {
    const { socket, bridge } = await start();
    bridge.inner.write(MANY);
    await turns(50);
    const ended = once(socket, 'close');
    bridge.inner.destroy();
    await ended;
  });
});
