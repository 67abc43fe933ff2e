import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type HttpLimits, type HttpListener, listenHttp } from './http-listener.ts';

const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const KEYS = { host: '127.0.0.1', port: 0, hostKey: 'a', portKey: 'b' };

let listener: HttpListener | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.close();
});

async function serve(onRequest: RequestListener, limits: Partial<HttpLimits> = {}): Promise<void> {
  listener = await listenHttp(KEYS, onRequest, limits);
}

/** A connection from an address of this machine. */
async function open(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: listener?.port ?? 0, localAddress });
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Resolves when the other side has closed it, however. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.resume().once('close', () => resolve());
  });
}

async function answerTo(socket: Socket): Promise<string> {
  socket.write(ask('/'));
  const [head] = (await once(socket, 'data')) as [Buffer];
  return head.toString('latin1');
}

describe('listenHttp', () => {
  it('cuts off who asks before it has been answered', async () => {
    let requests = 0;
    await serve((_request, response) => {
      requests += 1;
      response.end('x');
    });
    const socket = await open();
    socket.pause();
    socket.write(ask('/').repeat(2_600));
    await closed(socket);
    expect(requests).toBeLessThan(10);
  });

  it('lets nobody wait for the bursts of others', async () => {
    let requests = 0;
    await serve((_request, response) => {
      requests += 1;
      response.end('x');
    });
    const greedy = await Promise.all(Array.from({ length: 100 }, () => open()));
    for (const socket of greedy) socket.pause().write(ask('/').repeat(2_600));
    const begun = performance.now();
    expect(await answerTo(await open('127.0.0.2'))).toMatch(/^HTTP\/1.1 200/);
    expect(performance.now() - begun).toBeLessThan(500);
    await Promise.all(greedy.map(closed));
    expect(requests).toBe(1);
  });

  it('takes a head in pieces, and nothing after it', async () => {
    let requests = 0;
    await serve((_request, response) => {
      requests += 1;
      response.end('x');
    });
    const slow = await open();
    for (const piece of ['GET / HTTP/1.1\r\nHost: a\r', '\n', '\r', '\n']) {
      slow.write(piece);
      await new Promise(setImmediate);
    }
    expect(String(await once(slow, 'data'))).toMatch(/^HTTP\/1.1 200/);
    const withBody = await open();
    withBody.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx');
    await closed(withBody);
    expect(requests).toBe(1);
  });

  it('answers a few requests on a connection, one after the other', async () => {
    await serve((_request, response) => response.end('x'), { requestsPerConnection: 3 });
    const socket = await open();
    const answers = [await answerTo(socket), await answerTo(socket), await answerTo(socket)];
    expect(answers.map((head) => /^connection: (.*)$/im.exec(head)?.[1])).toEqual([
      'keep-alive',
      'keep-alive',
      'close',
    ]);
  });

  it('gives up an answer that is not read', async () => {
    await serve((_request, response) => response.end(Buffer.alloc(64 * 1024 * 1024)), { unreadMs: 200 });
    const socket = await open();
    socket.pause();
    socket.write(ask('/'));
    while ((listener?.connections ?? 0) === 0) await new Promise(setImmediate);
    while ((listener?.connections ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('gives up an answer that is read too slowly', async () => {
    const limits = { unreadMs: 60_000, answerMs: 200 };
    await serve((_request, response) => response.end(Buffer.alloc(64 * 1024 * 1024)), limits);
    const socket = await open();
    socket.pause();
    socket.write(ask('/'));
    while ((listener?.connections ?? 0) === 0) await new Promise(setImmediate);
    while ((listener?.connections ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('lets everybody in: the oldest connection of an address that has too many has to go', async () => {
    await serve((_request, response) => response.end('x'), { connectionsPerAddress: 2 });
    const [first, second] = [await open(), await open()];
    const third = await open();
    expect(await answerTo(third)).toMatch(/^HTTP\/1.1 200/);
    await closed(first);
    expect(second.closed).toBe(false);
  });

  it('lets everybody in: of all, the address with most connections gives up one', async () => {
    await serve((_request, response) => response.end('x'), { connections: 3 });
    const greedy = [await open(), await open(), await open()];
    const other = await open('127.0.0.2');
    expect(await answerTo(other)).toMatch(/^HTTP\/1.1 200/);
    await closed(greedy[0] as Socket);
    expect(greedy.slice(1).map((socket) => socket.closed)).toEqual([false, false]);
  });
});
