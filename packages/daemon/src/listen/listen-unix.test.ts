import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { silentLogger } from '../log/logger.ts';
import { listenUnix, type ListenUnixOptions } from './listen-unix.ts';
import type { Listener } from './listener.ts';
import type { UnixPeer } from './peer.ts';
import { EchoClient, EchoServer } from './testdata/echo.ts';
import { callHeaders, frame, messageStart, preface, rawConnection, settings } from './testdata/frames.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function socketPath(): string {
  const directory = temporaryFolder();
  chmodSync(directory, 0o755);
  return join(directory, 'run', 'api.sock');
}

interface Fixture {
  readonly echo: EchoServer;
  readonly listener: Listener;
  readonly path: string;
}

async function start(
  path = socketPath(),
  options: Partial<ListenUnixOptions> = {},
  server: Record<string, number> = {},
): Promise<Fixture> {
  const echo = new EchoServer(server);
  const listener = await listenUnix({
    path,
    mode: 0o777,
    directoryMode: 0o755,
    server: echo.server,
    logger: silentLogger,
    ...options,
  });
  echo.listener = listener;
  cleanups.push(() => listener.close(0));
  return { echo, listener, path };
}

function clientOf(path: string): EchoClient {
  const client = new EchoClient(`unix://${path}`);
  cleanups.push(() => client.close());
  return client;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

describe('a peer of the Unix listener', () => {
  it('is the process that connected, with its program', async () => {
    const { echo, path } = await start();
    expect(await clientOf(path).who()).toBe('unix');
    const peer = echo.seen[0] as UnixPeer;
    expect(peer).toMatchObject({ kind: 'unix', pid: process.pid, uid: 0, gid: 0, closed: false });
    expect(peer.pidfd.isAlive()).toBe(true);
    expect(peer.process?.executable?.inode).toBe(statSync('/proc/self/exe', { bigint: true }).ino);
  });

  it('of another user is known by its uid (T24)', async () => {
    const found: UnixPeer[] = [];
    const { path } = await start(undefined, { onPeer: (peer) => void found.push(peer) });
    const script = `require('node:net').connect(${JSON.stringify(path)}).on('connect', () => process.stdout.write('up')); setInterval(() => {}, 1e6)`;
    const child = spawn('setpriv', [
      '--reuid=12345',
      '--regid=23456',
      '--clear-groups',
      process.execPath,
      '-e',
      script,
    ]);
    cleanups.push(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    while (found.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(found[0]).toMatchObject({ pid: child.pid, uid: 12345, gid: 23456 });
  });

  it('may end any number of streams when it has read enough of them', async () => {
    const peers: UnixPeer[] = [];
    const { path } = await start(undefined, { onPeer: (peer) => void peers.push(peer) });
    const client = clientOf(path);
    for (let i = 0; i < 1_500; i++) {
      const stream = client.hold();
      stream.on('error', () => undefined);
      await once(stream, 'data');
      stream.cancel();
    }
    expect(await client.who()).toBe('unix');
    expect(peers).toHaveLength(1);
  });

  it('is refused by onPeer before its first byte is read', async () => {
    const { echo, path } = await start(undefined, {
      onPeer: () => {
        throw new Error('no');
      },
    });
    expect(await clientOf(path).status()).toBe(status.UNAVAILABLE);
    expect(echo.seen).toEqual([]);
  });

  it('leaves nothing open when it ends (T30)', async () => {
    const { listener, path } = await start();
    const before = openFiles();
    for (let count = 0; count < 50; count += 1) {
      const client = new EchoClient(`unix://${path}`);
      await client.who();
      client.close();
    }
    while (listener.peers.size > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(openFiles()).toBeLessThanOrEqual(before + 1);
  });
});

/** No pushes, no streams of the server's, a window of 1 MiB, 8 KiB of headers. */
const settingsOfJava = frame(
  4,
  0,
  0,
  Buffer.from('000200000000' + '000300000000' + '000400100000' + '000600002000', 'hex'),
);

/** All that grpc-java sends for a call. */
function callOfJava(method: string, authority: string): Buffer {
  const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
  const block = Buffer.from([
    ...[0x41, ...text(authority), 0x44, ...text(method), 0x83, 0x86, 0x5f, ...text('application/grpc')],
    ...[0x40, ...text('te'), ...text('trailers')],
  ]);
  const message = Buffer.concat([messageStart(1), Buffer.from('?')]);
  return Buffer.concat([preface, settingsOfJava, frame(1, 4, 3, block), frame(0, 1, 3, message)]);
}

/** A client that begins as grpc-java does, and calls the server by the path of its socket. */
class JavaLikeClient {
  readonly #session: ClientHttp2Session;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#session = connectHttp2('http://localhost', {
      createConnection: () => connect(path),
      settings: {
        enablePush: false,
        maxConcurrentStreams: 0,
        initialWindowSize: 1 << 20,
        maxHeaderListSize: 8192,
      },
    });
    this.#session.on('error', () => undefined);
    cleanups.push(() => this.#session.destroy());
  }

  /** @returns what `Who` answers. */
  async who(message: Buffer = Buffer.from('?'), more: Record<string, string> = {}): Promise<string> {
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': '/t.Echo/Who',
      ':authority': this.#path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...more,
    });
    stream.end(Buffer.concat([messageStart(message.length), message]));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).subarray(5).toString();
  }

  close(): void {
    this.#session.destroy();
  }
}

describe('a client that calls the server by the path of its socket', () => {
  it('is served, however many headers come between', async () => {
    const { echo, path, listener } = await start();
    const client = new JavaLikeClient(path);
    for (let count = 0; count < 100; count += 1)
      expect(
        await client.who(undefined, { 'grpc-timeout': `${count}S`, filler: `${count}`.repeat(40) }),
      ).toBe('unix');
    expect(new Set(echo.seen).size).toBe(1);
    expect(echo.seen[0]).toMatchObject({ kind: 'unix', pid: process.pid, uid: 0 });
    expect(listener.peers.size).toBe(1);
  });

  it('may send large messages', async () => {
    const { path } = await start();
    const client = new JavaLikeClient(path);
    for (let count = 0; count < 4; count += 1) expect(await client.who(Buffer.alloc(3_000_000))).toBe('unix');
  });

  it('answers for itself, and is served afterwards', async () => {
    const { echo, path } = await start();
    const client = new JavaLikeClient(path);
    await client.who();
    await (echo.seen[0] as UnixPeer).requireAnswer();
    expect(await client.who(Buffer.alloc(1_000_000))).toBe('unix');
  });

  it('is served when its bytes come one at a time', async () => {
    const { path } = await start();
    const { socket } = rawConnection({ path });
    for (const byte of callOfJava('/t.Echo/Who', path)) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk as Buffer]);
      if (received.includes('unix')) break;
    }
    expect(received.includes('unix')).toBe(true);
  });

  it('leaves nothing open when it ends, and when it is cut (T30)', async () => {
    const { echo, listener, path } = await start();
    const before = openFiles();
    for (let count = 0; count < 50; count += 1) {
      const client = new JavaLikeClient(path);
      await client.who();
      if (count % 2 === 0) client.close();
      else echo.seen.at(-1)?.close('test');
    }
    while (listener.peers.size > 0) await new Promise((resolve) => setImmediate(resolve));
    await until(() => openFiles() <= before + 1);
  });

  it('counts as two connections, as it takes the descriptors of two (T30)', async () => {
    const { listener, path } = await start(undefined, { limits: { maxConnectionsPerPeer: 3 } });
    const client = new JavaLikeClient(path);
    await client.who();
    const refused = connect(path).on('error', () => undefined);
    refused.resume().write(callOfJava('/t.Echo/Who', path));
    await once(refused, 'close');
    expect(await clientOf(path).who()).toBe('unix');
    client.close();
    await until(() => listener.peers.size === 1);
    expect(await new JavaLikeClient(path).who()).toBe('unix');
  });

  it('is cut when the listener closes', async () => {
    const { listener, path } = await start();
    const client = new JavaLikeClient(path);
    await client.who();
    await listener.close(100);
    expect(listener.peers.size).toBe(0);
  });

  it.each([
    ['preface', preface],
    ['part of the preface', preface.subarray(0, 10)],
    ['part of the settings', Buffer.concat([preface, settings.subarray(0, 5)])],
  ])('is not waited for when its %s is all that comes', async (_name, bytes) => {
    const { listener, path } = await start(undefined, { limits: { firstByteMs: 100 } });
    const { socket } = rawConnection({ path });
    socket.write(bytes);
    const received = once(socket, 'data');
    // The HTTP/2 library has it now, with its own bounds, and says its settings.
    await received;
    socket.destroy();
    while (listener.peers.size > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('the socket file', () => {
  it.each([0o777, 0o770])('has the mode asked for, whatever the umask (N13)', async (mode) => {
    const before = process.umask(0o077);
    const { path } = await start(undefined, { mode });
    process.umask(before);
    expect([lstatSync(path).mode & 0o777, lstatSync(dirname(path)).mode & 0o777]).toEqual([mode, 0o755]);
  });

  it('replaces one that a dead program left', async () => {
    const path = socketPath();
    mkdirSync(dirname(path));
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', script]), 'exit');
    expect(existsSync(path)).toBe(true);
    await start(path);
    expect(await clientOf(path).who()).toBe('unix');
  });

  it('goes with the listener, and can come again', async () => {
    const { listener, path } = await start();
    await listener.close(0);
    expect(existsSync(path)).toBe(false);
    await start(path);
    expect(await clientOf(path).who()).toBe('unix');
  });

  it('of somebody else stays when the listener goes', async () => {
    const { listener, path } = await start();
    const other = createServer();
    cleanups.push(() => other.close());
    other.listen(`${path}2`);
    await once(other, 'listening');
    renameSync(`${path}2`, path);
    await listener.close(0);
    expect(existsSync(path)).toBe(true);
  });
});

describe('the Unix listener refuses', () => {
  it.each([
    [
      'a symbolic link at the path',
      (path: string) => symlinkSync('/tmp/other.sock', path),
      'ERR_SOCKET_PATH_UNSAFE',
    ],
    ['a file at the path', (path: string) => writeFileSync(path, ''), 'ERR_SOCKET_PATH_UNSAFE'],
    [
      'a directory of another user',
      (path: string) => chownSync(dirname(path), 12345, 0),
      'ERR_SOCKET_PATH_UNSAFE',
    ],
    [
      'a directory that all can write to',
      (path: string) => chmodSync(dirname(path), 0o777),
      'ERR_SOCKET_PATH_UNSAFE',
    ],
    [
      'a directory that another group can write to',
      (path: string) => {
        chownSync(dirname(path), 0, 12345);
        chmodSync(dirname(path), 0o775);
      },
      'ERR_SOCKET_PATH_UNSAFE',
    ],
    [
      'a parent of another user',
      (path: string) => chownSync(dirname(dirname(path)), 12345, 0),
      'ERR_SOCKET_PATH_UNSAFE',
    ],
  ])('%s (T28)', async (_name, prepare, code) => {
    const path = socketPath();
    mkdirSync(dirname(path));
    prepare(path);
    await expect(start(path)).rejects.toMatchObject({ code });
  });

  it('a symbolic link as directory', async () => {
    const path = socketPath();
    symlinkSync('/tmp', dirname(path));
    await expect(start(path)).rejects.toMatchObject({ code: 'ERR_SOCKET_PATH_UNSAFE' });
  });

  it.each([
    ['an abstract name', '@x'],
    ['no name', ''],
    ['a name with NUL', '/tmp/a\0b'],
    ['a name too long for a socket', `/tmp/${'x'.repeat(120)}`],
  ])('%s', async (_name, path) => {
    await expect(start(path)).rejects.toMatchObject({ code: 'ERR_SOCKET_PATH_UNSAFE' });
  });

  it('a path where a program of another kind listens', async () => {
    const path = socketPath();
    mkdirSync(dirname(path));
    const other = createServer();
    cleanups.push(() => other.close());
    other.listen(path);
    await once(other, 'listening');
    await expect(start(path)).rejects.toMatchObject({ code: 'ERR_SOCKET_IN_USE' });
  });

  it('all but one of many at the same time (R28)', async () => {
    const path = socketPath();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => start(path)));
    const codes = results.map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'listens',
    );
    expect(codes.filter((code) => code === 'listens')).toHaveLength(1);
    expect(codes.filter((code) => code === 'ERR_SOCKET_IN_USE')).toHaveLength(19);
    expect(await clientOf(path).who()).toBe('unix');
  });
});

describe('limits of the Unix listener', () => {
  it('bound the connections of a user (T30)', async () => {
    const { listener, path } = await start(undefined, { limits: { maxConnectionsPerPeer: 2 } });
    const open = [rawConnection({ path }), rawConnection({ path })];
    await rawConnection({ path }).ended;
    expect(listener.peers.size).toBe(2);
    for (const { socket } of open) socket.destroy();
  });

  it('cut who sends nothing', async () => {
    const { path } = await start(undefined, { limits: { firstByteMs: 100 } });
    await rawConnection({ path }).ended;
  });

  it('cut a message in too many frames (T44)', async () => {
    const { path, echo } = await start(undefined, { limits: { maxFramesPerMessage: 500 } });
    const { socket, ended } = rawConnection({ path });
    const tiny = frame(0, 0, 1, Buffer.from([0]));
    socket.write(
      Buffer.concat([
        preface,
        settings,
        callHeaders(1, '/t.Echo/Who'),
        frame(0, 0, 1, messageStart(1_000_000)),
      ]),
    );
    socket.write(Buffer.concat(Array.from({ length: 600 }, () => tiny)));
    await ended;
    expect(echo.seen).toEqual([]);
  });

  it('end a call that gives no message, not its connection', async () => {
    const { path, listener } = await start(undefined, { limits: { firstMessageMs: 50 } });
    const session = connectHttp2('http://localhost', { createConnection: () => connect(path) });
    cleanups.push(() => session.destroy());
    const stream = session.request({
      ':method': 'POST',
      ':path': '/t.Echo/Who',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers['grpc-status']).toBe(String(status.DEADLINE_EXCEEDED));
    expect(listener.peers.size).toBe(1);
  });

  it('leave an honest client alone', async () => {
    const { path } = await start(undefined, {
      limits: { maxFramesPerMessage: 5, maxBytesPerMessage: 20_000 },
    });
    const client = clientOf(path);
    for (let count = 0; count < 300; count += 1) expect(await client.who()).toBe('unix');
  });
});

it('rubbish harms nobody (T59)', async () => {
  const { path, listener } = await start();
  for (let round = 0; round < 60; round += 1) {
    const { socket, ended } = rawConnection({ path });
    const rubbish = randomBytes(200);
    const frames = Array.from({ length: 5 }, (_, index) =>
      frame(rubbish[index] ?? 0, rubbish[index + 5] ?? 0, index, rubbish),
    );
    const opening = round % 3 === 1 ? settings : settingsOfJava;
    socket.end(Buffer.concat(round % 3 === 0 ? [rubbish] : [preface, opening, ...frames]));
    await ended;
  }
  expect(await clientOf(path).who()).toBe('unix');
  expect(listener.peers.size).toBeLessThan(5);
});
