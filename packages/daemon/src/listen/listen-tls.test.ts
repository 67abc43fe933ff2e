import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { credentials, status } from '@grpc/grpc-js';
import { silentLogger } from '../log/logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { type Metrics, noMetrics } from '../metrics/metrics.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Listener } from './listener.ts';
import { listenTls } from './listen-tls.ts';
import type { TlsPeer } from './peer.ts';
import { EchoClient, EchoServer, selfSigned } from './testdata/echo.ts';
import {
  callHeaders,
  cancelled,
  frame,
  messageStart,
  ping,
  preface,
  rawConnection,
  reset,
  settings,
} from './testdata/frames.ts';

const first = selfSigned('first');
const second = selfSigned('second');
const good = selfSigned('good');
const bad = selfSigned('bad');

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

class Fixture {
  identity = first;
  readonly echo: EchoServer;
  listener!: Listener<string>;

  constructor(options: Record<string, number> = {}) {
    this.echo = new EchoServer(options);
  }

  static async start(
    limits: Partial<ConnectionLimits> = {},
    options: Record<string, number> = {},
    metrics: Metrics = noMetrics,
  ): Promise<Fixture> {
    const fixture = new Fixture(options);
    fixture.listener = await listenTls<string>({
      host: '127.0.0.1',
      port: 0,
      server: fixture.echo.server,
      identity: () => fixture.identity,
      verifyPeer(chainDer) {
        const subject = new X509Certificate(chainDer[0] ?? Buffer.alloc(0)).subject;
        if (subject !== 'CN=good') throw new Error('not trusted');
        return subject;
      },
      limits,
      logger: silentLogger,
      metrics,
    });
    fixture.echo.listener = fixture.listener;
    cleanups.push(() => fixture.listener.close(0));
    return fixture;
  }

  client(own?: typeof good, root = first, options: Record<string, number> = {}): EchoClient {
    const pair = own === undefined ? [] : [Buffer.from(own.keyPem), Buffer.from(own.certChainPem)];
    const channel = credentials.createSsl(Buffer.from(root.certChainPem), ...pair);
    const client = new EchoClient(`127.0.0.1:${this.listener.port}`, channel, options);
    cleanups.push(() => client.close());
    return client;
  }

  get lastPeer(): TlsPeer<string> {
    return this.echo.seen.at(-1) as TlsPeer<string>;
  }

  openssl(...args: string[]): Promise<string> {
    const target = ['s_client', '-connect', `127.0.0.1:${this.listener.port}`];
    return new Promise((resolve) => {
      const child = execFile('openssl', [...target, ...args], { timeout: 10_000 }, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
      child.stdin?.end();
    });
  }

  get target(): ConnectionOptions {
    const { port } = this.listener;
    return { port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false };
  }

  tls(options: ConnectionOptions & { readonly allowHalfOpen?: boolean } = {}): Promise<TLSSocket> {
    const all = { ...this.target, ...options };
    return new Promise((resolve, reject) => {
      const socket = connectTls(all, () => resolve(socket));
      socket.once('error', reject).resume();
      cleanups.push(() => socket.destroy());
    });
  }
}

async function somebodyThere(fixture: Fixture): Promise<void> {
  while (fixture.listener.peers.size === 0) await new Promise((resolve) => setImmediate(resolve));
}

async function nobodyLeft(fixture: Fixture): Promise<void> {
  while (fixture.listener.peers.size > 0) await new Promise((resolve) => setImmediate(resolve));
}

function closed(socket: TLSSocket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));
}

describe('a client of the TLS listener', () => {
  it('without certificate is let in, and known by its address', async () => {
    const fixture = await Fixture.start();
    expect(await fixture.client().who()).toBe('tls');
    expect(fixture.lastPeer).toMatchObject({ kind: 'tls', address: '127.0.0.1', verified: undefined });
    expect(fixture.lastPeer.port).toBeGreaterThan(1023);
  });

  it('with a good certificate is what verifyPeer made of it', async () => {
    const fixture = await Fixture.start();
    await fixture.client(good).who();
    expect(fixture.lastPeer.verified).toBe('CN=good');
  });

  it('with a bad certificate sees UNAVAILABLE and never reaches a handler (N24)', async () => {
    const fixture = await Fixture.start();
    expect(await fixture.client(bad).status()).toBe(status.UNAVAILABLE);
    expect([fixture.echo.seen.length, fixture.listener.peers.size]).toEqual([0, 0]);
  });

  it('is forgotten when it leaves', async () => {
    const fixture = await Fixture.start();
    const client = fixture.client();
    await client.who();
    const peer = fixture.lastPeer;
    expect([fixture.listener.peers.size, peer.closed]).toEqual([1, false]);
    client.close();
    await new Promise<void>((resolve) => peer.onClose(resolve));
    expect([fixture.listener.peers.size, peer.closed, fixture.listener.peers.resolve(peer.id)]).toEqual([
      0,
      true,
      undefined,
    ]);
  });

  it('can be cut', async () => {
    const fixture = await Fixture.start();
    const client = fixture.client();
    await client.who();
    const stream = client.hold();
    const ended = new Promise<number>((resolve) =>
      stream.on('error', (error) => resolve((error as unknown as { code: number }).code)),
    );
    await new Promise((resolve) => stream.once('data', resolve));
    fixture.lastPeer.close('banned');
    expect(await ended).toBe(status.UNAVAILABLE);
  });

  it('meets the certificate of the moment, while open connections go on', async () => {
    const fixture = await Fixture.start();
    const old = fixture.client();
    await old.who();
    fixture.identity = second;
    await fixture.client(undefined, second).who();
    expect(await old.who()).toBe('tls');
    expect(await fixture.client(undefined, first).status()).toBe(status.UNAVAILABLE);
  });
});

describe('TLS', () => {
  it.each([
    ['1.3', '-tls1_3', 'Protocol  : TLSv1.3|New, TLSv1.3'],
    ['1.2', '-tls1_2', 'Protocol  : TLSv1.2|New, TLSv1.2'],
  ])('%s is spoken', async (_name, option, text) => {
    const fixture = await Fixture.start();
    expect(await fixture.openssl(option, '-alpn', 'h2')).toMatch(new RegExp(text));
  });

  it.each([
    ['1.1', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'], /alert|no protocols available/],
    ['another protocol than h2', ['-alpn', 'http/1.1'], /no application protocol/],
    ['static RSA', ['-tls1_2', '-cipher', 'AES128-GCM-SHA256'], /handshake failure/],
    ['CBC', ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA256'], /handshake failure/],
  ])('refuses %s (T49)', async (_name, options, text) => {
    const fixture = await Fixture.start();
    expect(await fixture.openssl('-alpn', 'h2', ...options)).toMatch(text);
  });

  it.each(['TLSv1.3', 'TLSv1.2'] as const)('%s is never resumed (F6)', async (version) => {
    const fixture = await Fixture.start();
    const versions = { minVersion: version, maxVersion: version };
    const before = connectTls({ ...fixture.target, ...versions });
    const [session] = (await once(before, 'session')) as [Buffer];
    before.destroy();
    const again = await fixture.tls({ ...versions, session });
    expect([again.getProtocol(), again.isSessionReused()]).toEqual([version, false]);
  });

  it('names no authorities to the client', async () => {
    const fixture = await Fixture.start();
    expect(await fixture.openssl('-alpn', 'h2', '-tls1_2')).toContain('No client certificate CA names sent');
  });

  it('cuts a client that negotiates no protocol', async () => {
    const fixture = await Fixture.start();
    const socket = await fixture.tls({ ALPNProtocols: [] });
    await closed(socket);
    await nobodyLeft(fixture);
  });

  it('refuses a chain of more than 8 certificates', async () => {
    const fixture = await Fixture.start();
    const socket = await fixture.tls({ key: good.keyPem, cert: good.certChainPem.repeat(9) });
    await closed(socket);
    expect(await fixture.client({ ...good, certChainPem: good.certChainPem.repeat(8) }).status()).toBe(0);
  });
});

describe('limits of the TLS listener', () => {
  it('cut who sends nothing (T46)', async () => {
    const fixture = await Fixture.start({ firstByteMs: 100 });
    await rawConnection({ port: fixture.listener.port }).ended;
  });

  it('cut who does not finish the handshake', async () => {
    const fixture = await Fixture.start({ handshakeMs: 200 });
    const { socket, ended } = rawConnection({ port: fixture.listener.port });
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
    await ended;
  });

  it('cut who takes his time with the handshake, though he never is silent for long', async () => {
    const fixture = await Fixture.start({ handshakeMs: 300 });
    const { socket, ended } = rawConnection({ port: fixture.listener.port });
    socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
    const trickle = setInterval(() => socket.write(Buffer.alloc(1)), 20);
    await ended;
    clearInterval(trickle);
  });

  it.each([
    ['the beginning of a preface', preface.subarray(0, 10)],
    ['a preface', preface],
  ])('cut who says %s, and no more', async (_name, beginning) => {
    const fixture = await Fixture.start({ settingsMs: 100 });
    const socket = await fixture.tls();
    socket.write(beginning);
    await closed(socket);
    await nobodyLeft(fixture);
  });

  it('cut who begins to speak HTTP/2, and answers no more', async () => {
    const options = { 'grpc.keepalive_time_ms': 100, 'grpc.keepalive_timeout_ms': 100 };
    const fixture = await Fixture.start({ lingerMs: 100 }, options);
    const socket = await fixture.tls({ allowHalfOpen: true });
    socket.pause();
    socket.write(Buffer.concat([preface, settings, callHeaders(1, '/t.Echo/Who').subarray(0, 20)]));
    await somebodyThere(fixture);
    await nobodyLeft(fixture);
  });

  it('cut who stays too long without a certificate, busy or not', async () => {
    const fixture = await Fixture.start({ strangerMs: 100 });
    const known = fixture.client(good);
    await known.who();
    const stream = fixture.client().hold();
    const [error] = (await once(
      stream.on('data', () => undefined),
      'error',
    )) as [{ readonly code: number }];
    expect([error.code, fixture.listener.peers.size]).toEqual([status.UNAVAILABLE, 1]);
    expect(await known.who()).toBe('tls');
  });

  it.each([
    ['is idle', { 'grpc.max_connection_idle_ms': 100 }],
    ['has grown old', { 'grpc.max_connection_age_ms': 100 }],
  ])('cut who %s and does not let go', async (_name, options) => {
    const fixture = await Fixture.start({ lingerMs: 100 }, options);
    const socket = await fixture.tls({ allowHalfOpen: true });
    socket.write(Buffer.concat([preface, settings]));
    await somebodyThere(fixture);
    await nobodyLeft(fixture);
  });

  it('cut who is silent after the handshake', async () => {
    const fixture = await Fixture.start({ firstByteMs: 200 });
    await closed(await fixture.tls());
    await nobodyLeft(fixture);
  });

  it('bound connections of an address, and let others in when one leaves', async () => {
    const fixture = await Fixture.start({ maxConnectionsPerPeer: 2 });
    const sockets = [await fixture.tls(), await fixture.tls()];
    await expect(fixture.tls()).rejects.toThrow();
    sockets[0]?.destroy();
    await eventually(() => fixture.tls());
  });

  it('bound how often an address connects', async () => {
    const fixture = await Fixture.start({ connectionBurst: 3, connectionsPerSecond: 0.001 });
    for (let count = 0; count < 3; count += 1) (await fixture.tls()).destroy();
    await expect(fixture.tls()).rejects.toThrow();
  });

  it('cut a flood of pings (T43)', async () => {
    const fixture = await Fixture.start({ maxBytesPerMessage: 200_000 });
    const socket = await fixture.tls();
    const flood = Buffer.concat(Array.from({ length: 1000 }, () => ping));
    socket.write(Buffer.concat([preface, settings]));
    const send = (): void => {
      if (!socket.destroyed) socket.write(flood, () => setImmediate(send));
    };
    socket.on('error', () => undefined);
    send();
    await closed(socket);
  });

  it('cut who begins many messages and ends none, whole messages in between or not (T44)', async () => {
    const fixture = await Fixture.start({ maxUnfinishedBytes: 200_000 });
    const socket = await fixture.tls();
    const ended = closed(socket);
    socket.write(Buffer.concat([preface, settings]));
    const part = frame(0, 0, 0, Buffer.concat([messageStart(1_000_000), Buffer.alloc(8000)]));
    for (let stream = 1; stream < 120 && !socket.destroyed; stream += 4) {
      part.writeUInt32BE(stream, 5);
      socket.write(Buffer.concat([callHeaders(stream, '/t.Echo/Who'), part]));
      socket.write(
        Buffer.concat([callHeaders(stream + 2, '/t.Echo/Who'), frame(0, 1, stream + 2, messageStart(0))]),
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await ended;
    await nobodyLeft(fixture);
  });

  it('refuse compressed messages before any is inflated (T45)', async () => {
    const gzip = 2;
    const fixture = await Fixture.start();
    const client = fixture.client(undefined, first, { 'grpc.default_compression_algorithm': gzip });
    expect(await client.status()).toBe(status.UNIMPLEMENTED);
    expect(fixture.echo.seen).toEqual([]);
  });

  it('cut who begins calls only to cancel them, and who resets them in the packet that begins them (T41)', async () => {
    const fixture = await Fixture.start({ maxUnansweredCalls: 50, unansweredCallsPerSecond: 0 });
    const slow = await fixture.tls();
    const rapid = await fixture.tls();
    const ended = [closed(slow), closed(rapid)];
    for (const socket of [slow, rapid]) socket.write(Buffer.concat([preface, settings]));
    rapid.write(
      Buffer.concat(Array.from({ length: 2000 }, (_, call) => cancelled(2 * call + 1, '/t.Echo/Who'))),
    );
    for (let stream = 1; stream < 400 && !slow.destroyed; stream += 2) {
      slow.write(cancelled(stream, '/t.Echo/Who'));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(ended);
    expect(fixture.echo.seen).toEqual([]);
  });

  it.each([
    ['names no method', '/t.Echo/Nothing', 'application/grpc'],
    ['is none of gRPC', '/t.Echo/Who', 'application/jsop'],
  ])('cut who makes call after call that %s', async (_name, path, type) => {
    const fixture = await Fixture.start({ maxUnansweredCalls: 50, unansweredCallsPerSecond: 0 });
    const socket = await fixture.tls();
    const ended = closed(socket);
    socket.write(Buffer.concat([preface, settings]));
    for (let stream = 1; stream < 400 && !socket.destroyed; stream += 2) {
      socket.write(callHeaders(stream, path, type));
      socket.write(frame(0, 1, stream, messageStart(0)));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await ended;
  });

  it('cut a flood of little frames, over however many calls it is spread (T44)', async () => {
    const fixture = await Fixture.start({ maxUnfinishedFrames: 500 });
    const socket = await fixture.tls();
    const ended = closed(socket);
    const streams = Array.from({ length: 50 }, (_, call) => 2 * call + 1);
    socket.write(Buffer.concat([preface, settings]));
    for (const stream of streams) {
      socket.write(callHeaders(stream, '/t.Echo/Who'));
      socket.write(frame(0, 0, stream, messageStart(100_000)));
    }
    for (let round = 0; round < 20 && !socket.destroyed; round += 1) {
      socket.write(Buffer.concat(streams.map((stream) => frame(0, 0, stream, Buffer.alloc(1)))));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await ended;
  });

  it('tell of it in the metrics, and let its address connect less often', async () => {
    const metrics = createMetrics({ prefix: 'x', hostLabel: false, runtime: false });
    const limits = {
      maxUnansweredCalls: 5,
      unansweredCallsPerSecond: 0,
      connectionBurst: 40,
      connectionsPerSecond: 0,
    };
    const fixture = await Fixture.start(limits, {}, metrics);
    const socket = await fixture.tls();
    const ended = closed(socket);
    const calls = Array.from({ length: 20 }, (_, call) => cancelled(2 * call + 1, '/t.Echo/Who'));
    socket.write(Buffer.concat([preface, settings, ...calls]));
    await ended;
    expect(await metrics.expose()).toContain(
      'x_listener_connection_cut{reason="too_many_unanswered_calls"} 1',
    );
    await expect(fixture.tls()).rejects.toThrow();
  });

  it('leave alone who calls as fast as he can, and whose calls end in time, too late or by himself', async () => {
    const fixture = await Fixture.start();
    const client = fixture.client();
    const shortLived = async (): Promise<void> => {
      const held = client.hold();
      held.on('error', () => undefined);
      await once(held, 'data');
      held.cancel();
    };
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 30 }, () => Promise.all([client.who(), shortLived()])));
    }
    expect([fixture.listener.peers.size, new Set(fixture.echo.seen).size]).toEqual([1, 1]);
  });

  it('cut who has too much in requests that wait for their answers', async () => {
    const fixture = await Fixture.start({ maxUnansweredBytes: 100_000 });
    const honest = fixture.client();
    expect(await honest.status()).toBe(0);
    const socket = await fixture.tls();
    const ended = closed(socket);
    socket.write(Buffer.concat([preface, settings]));
    for (let stream = 1; stream < 40 && !socket.destroyed; stream += 2) {
      const request = Buffer.concat([messageStart(10_000), Buffer.alloc(10_000)]);
      socket.write(callHeaders(stream, '/t.Echo/Wait'));
      socket.write(frame(0, 1, stream, request));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await ended;
    expect(await honest.status()).toBe(0);
  });

  it('refuse more calls at once of a client without certificate, and begin others when some have ended', async () => {
    const fixture = await Fixture.start({ maxStrangersCallsPerPeer: 3 });
    const strangers = [fixture.client(), fixture.client()];
    const streams = strangers.flatMap((client) => [client.hold(), client.hold()]);
    const outcomes = await Promise.all(
      streams.map(
        (stream) =>
          new Promise<unknown>((resolve) => {
            stream.on('data', () => resolve('begun'));
            stream.on('error', (error) => resolve((error as { readonly code?: number }).code));
          }),
      ),
    );
    expect(outcomes.toSorted()).toEqual([status.UNAVAILABLE, 'begun', 'begun', 'begun']);
    expect(await fixture.client(good).status()).toBe(0);
    for (const stream of streams) stream.cancel();
    await eventually(() => strangers[0]!.who());
  });

  it('bound the calls of all together', async () => {
    const fixture = await Fixture.start({ maxCalls: 1 });
    const client = fixture.client(good);
    const held = client.hold();
    held.on('error', () => undefined);
    await once(held, 'data');
    expect(await client.status()).toBe(status.UNAVAILABLE);
    held.cancel();
    await eventually(() => client.who());
  });

  it.each([
    [8 * 1024, status.OK],
    [20 * 1024, status.RESOURCE_EXHAUSTED],
  ])('bound the headers of a call: %d bytes', async (bytes, code) => {
    const fixture = await Fixture.start();
    expect(await fixture.client().status({ padding: 'x'.repeat(bytes) })).toBe(code);
  });

  it('let few handshakes of an address go on at once; the others wait', async () => {
    const fixture = await Fixture.start({ maxHandshakesPerPeer: 2 });
    const silent = [
      rawConnection({ port: fixture.listener.port }),
      rawConnection({ port: fixture.listener.port }),
    ];
    for (const { socket } of silent) socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
    await delay(50);
    const waiting = fixture.tls();
    const isSecure = await Promise.race([
      waiting.then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 100)),
    ]);
    expect(isSecure).toBe(false);
    silent[0]!.socket.destroy();
    await waiting;
  });

  it('leave alone who cancels streams that gave something', async () => {
    const fixture = await Fixture.start({ maxUnansweredCalls: 5, unansweredCallsPerSecond: 0 });
    const client = fixture.client();
    for (let count = 0; count < 20; count += 1) {
      const held = client.hold();
      held.on('error', () => undefined);
      await once(held, 'data');
      held.cancel();
    }
    expect(await client.who()).toBe('tls');
    expect(fixture.listener.peers.size).toBe(1);
  });

  it('leave alone who ends each message, however many', async () => {
    const fixture = await Fixture.start({ maxUnfinishedBytes: 20_000 });
    const client = fixture.client();
    for (let count = 0; count < 50; count += 1) expect(await client.who()).toBe('tls');
    expect(fixture.listener.peers.size).toBe(1);
  });

  it('cut the connections with most unfinished when all of them together have too much', async () => {
    const fixture = await Fixture.start({ maxUnfinishedBytesInAll: 50_000 });
    const honest = fixture.client();
    expect(await honest.status()).toBe(0);
    const sockets = [await fixture.tls(), await fixture.tls()];
    const ended = sockets.map(closed);
    sockets.forEach((socket) => {
      const part = frame(0, 0, 1, Buffer.concat([messageStart(1_000_000), Buffer.alloc(15_000)]));
      const more = frame(0, 0, 1, Buffer.alloc(16_000));
      socket.write(Buffer.concat([preface, settings, callHeaders(1, '/t.Echo/Who'), part, more, more]));
    });
    await Promise.race(ended);
    expect(await honest.status()).toBe(0);
  });

  async function eventually(action: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await action();
        return;
      } catch {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }
});

describe('streams that are over before they are looked at', () => {
  it.each([
    ['no method', '/t.Echo/Nothing', 'application/grpc'],
    ['no content type of gRPC', '/t.Echo/Who', 'application/jsop'],
  ])('with %s, of a client that does not read, are nothing to the process', async (_name, path, type) => {
    const fixture = await Fixture.start({ maxUnansweredCalls: 1e6 });
    const socket = await fixture.tls();
    socket.pause();
    socket.write(Buffer.concat([preface, settings]));
    for (let first = 1; first < 20_000; first += 100) {
      const streams = Array.from({ length: 50 }, (_, call) => first + 2 * call);
      const call = (stream: number): Buffer =>
        Buffer.concat([callHeaders(stream, path, type), frame(0, 1, stream, messageStart(0)), reset(stream)]);
      socket.write(Buffer.concat(streams.map(call)));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.destroy();
    await nobodyLeft(fixture);
    expect(await fixture.client().status()).toBe(0);
  });
});

describe('the end of the TLS listener', () => {
  it('lets calls in flight end, and refuses new connections', async () => {
    const fixture = await Fixture.start();
    const client = fixture.client();
    const stream = client.hold();
    await new Promise((resolve) => stream.once('data', resolve));
    const ended = new Promise((resolve) => stream.on('error', resolve));
    const closing = fixture.listener.close(200);
    expect(await fixture.client().status()).toBe(status.UNAVAILABLE);
    await closing;
    await ended;
    expect(fixture.listener.peers.size).toBe(0);
  });

  it('comes at the connection age, by GOAWAY, without harm to calls', async () => {
    const fixture = await Fixture.start({}, { 'grpc.max_connection_age_ms': 300 });
    const client = fixture.client();
    await client.who();
    const before = fixture.lastPeer;
    await new Promise<void>((resolve) => before.onClose(resolve));
    await client.who();
    expect(fixture.lastPeer.id).not.toBe(before.id);
  });

  it('an address in use is an error', async () => {
    const fixture = await Fixture.start();
    const options = {
      host: '127.0.0.1',
      port: fixture.listener.port,
      server: new EchoServer().server,
      identity: () => first,
    };
    await expect(listenTls({ ...options, verifyPeer: () => '', logger: silentLogger })).rejects.toMatchObject(
      { code: 'ERR_LISTEN_ADDRESS' },
    );
  });
});
