import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.ts';

/** Long enough for bytes on loopback to arrive, if they do. */
const WHILE_MS = 100;

describe('TcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.inFrontOf((echo.address() as AddressInfo).port);
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await proxy[Symbol.asyncDispose]();
    echo.close();
    await once(echo, 'close');
  });

  const open = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };

  const answer = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return chunk.toString();
  };

  /** What comes of a text, or `nothing` when nothing does. */
  const answerSoon = (socket: Socket, text: string): Promise<string> =>
    Promise.race([answer(socket, text), sleep(WHILE_MS, 'nothing')]);

  it('passes on, and counts connections', async () => {
    expect(await answer(await open(), 'one')).toBe('one');
    expect(await answer(await open(), 'two')).toBe('two');
    expect(proxy.attempts).toHaveLength(2);
  });

  it('cut, resets what is open and what comes; whole again, takes new ones', async () => {
    const socket = await open();
    await answer(socket, 'one');
    const errors: unknown[] = [];
    socket.on('error', ({ code }: NodeJS.ErrnoException) => errors.push(code));
    proxy.become('cut');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(errors).toEqual(['ECONNRESET']);
    const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => refused.once('close', resolve));
    proxy.become('whole');
    expect(await answer(await open(), 'two')).toBe('two');
  });

  it('as a black hole, passes nothing until it is whole again', async () => {
    const old = await open();
    await answer(old, 'one');
    proxy.become('blackhole');
    const fresh = await open();
    expect(await Promise.all([answerSoon(old, 'two'), answerSoon(fresh, 'three')])).toEqual([
      'nothing',
      'nothing',
    ]);
    const late = Promise.all([once(old, 'data'), once(fresh, 'data')]);
    proxy.become('whole');
    expect((await late).map(([chunk]) => String(chunk))).toEqual(['two', 'three']);
  });

  it('half-open, swallows what old connections send and takes new ones', async () => {
    const old = await open();
    await answer(old, 'one');
    proxy.become('half-open');
    expect(await answerSoon(old, 'two')).toBe('nothing');
    expect(old.destroyed).toBe(false);
    expect(await answer(await open(), 'three')).toBe('three');
    proxy.become('whole');
    expect(await answerSoon(old, 'four')).toBe('nothing');
  });
});
