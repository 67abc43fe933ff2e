import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import {
  type AddressInfo,
  connect,
  createServer,
  type ListenOptions,
  type Server,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeWaiting } from './take-waiting.ts';

describe('takeWaiting', () => {
  let folder: string;
  const sockets: Socket[] = [];
  let server: Server;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signet-take-'));
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const listen = async (place: ListenOptions, take: (socket: Socket) => void): Promise<() => Socket> => {
    server = createServer(
      takeWaiting(
        () => server,
        (socket) => {
          sockets.push(socket);
          take(socket);
        },
      ),
    );
    server.listen({ ...place, backlog: 1024 });
    await once(server, 'listening');
    const { port } = (server.address() as AddressInfo | null) ?? { port: 0 };
    return () => {
      const client = place.path === undefined ? connect(port, '127.0.0.1') : connect(place.path);
      sockets.push(client);
      return client;
    };
  };

  it.each<[number, number]>([
    [1, 1],
    [50, 50],
    [300, 128],
  ])('of %i connections that wait takes %i in one turn', async (waiting, most) => {
    let inTurn = 0;
    const turns: number[] = [];
    const open = await listen({ path: join(folder, 'sock') }, () => {
      if (inTurn === 0) setImmediate(() => turns.push(inTurn)).unref();
      inTurn += 1;
    });
    // On a Unix socket connecting is done when the call returns.
    const clients = Array.from({ length: waiting }, open);
    await Promise.all(clients.map((client) => once(client, 'connect')));
    while (inTurn < waiting) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns[0]).toBe(most);
    expect(inTurn).toBe(waiting);
  });

  it.each<[string, (folder: string) => ListenOptions, string | undefined]>([
    ['a Unix socket', (path) => ({ path: join(path, 'sock') }), undefined],
    ['a TCP port', () => ({ host: '127.0.0.1', port: 0 }), '127.0.0.1'],
  ])('what it takes from %s are sockets like any other', async (_, place, address) => {
    const addresses: (string | undefined)[] = [];
    const open = await listen(place(folder), (socket) => {
      addresses.push(socket.remoteAddress);
      socket.pipe(socket);
    });
    const answers = Array.from({ length: 20 }, async (__, i) => {
      const client = open();
      client.end(`hello ${i}`);
      const chunks: Buffer[] = [];
      for await (const chunk of client) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString();
    });
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 20 }, (__, i) => `hello ${i}`));
    expect(addresses).toEqual(Array.from({ length: 20 }, () => address));
  });
});
