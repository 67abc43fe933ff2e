import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, createServer, type Server, type TlsOptions, type TLSSocket } from 'node:tls';
import { SignetError, type SpiffeId } from '@signet/core';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { x509Message } from '../../../../test/kit/workload-messages.ts';
import { errorCode } from '../testdata/error-code.ts';
import { closed, listen, pemOf, rawConnect } from '../testdata/raw-peer.ts';
import { soon } from '../testdata/soon.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import { anyPeer, type Authorize } from './authorize.ts';
import { mtlsConnect } from './mtls-connect.ts';
import { mtlsServer } from './mtls-server.ts';
import { peerId } from './peer-id.ts';

const SERVER = 'spiffe://example.org/server';
const PEER = 'spiffe://example.org/peer';
let cas: Authorities;
let own: TestSource;
let peer: TestSource;

beforeAll(async () => {
  cas = await authorities();
  own = await TestSource.open(cas.own, '/server', { federated: [cas.partner] });
  peer = await TestSource.open(cas.own, '/peer');
});

afterAll(async () => {
  await own[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

/** A server that greets its callers by name, and notes who was refused. */
class Greeter implements AsyncDisposable {
  readonly server: Server;
  readonly refusals: string[] = [];
  readonly heard: string[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(source: TestSource, authorize: Authorize = PEER) {
    const onRefused = (error: Error): void => {
      this.refusals.push(error instanceof SignetError ? error.code : `${error.name}: ${error.message}`);
      this.server.emit('refused');
    };
    this.server = mtlsServer(source.source, { authorize, onRefused }, (options) =>
      createServer(options, (socket) => {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('data', (data: Buffer) => {
          this.heard.push(data.toString());
          socket.write(`you said ${data.toString()}`);
        });
        socket.write(`hello ${peerId(socket)?.uri ?? 'nobody'}`);
      }),
    );
  }

  async listen(): Promise<number> {
    return listen(this.server);
  }

  async untilRefused(): Promise<void> {
    if (this.refusals.length === 0) await soon(once(this.server, 'refused'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

function connectTo(port: number): TLSSocket {
  return mtlsConnect(peer.source, { authorize: SERVER }, { host: '127.0.0.1', port });
}

async function greeting(socket: TLSSocket): Promise<string> {
  const [data] = (await soon(once(socket, 'data'))) as [Buffer];
  return data.toString();
}

/** Serial number of the certificate that the server presents on a new connection. */
async function presentedSerial(port: number): Promise<string> {
  const socket = connectTo(port);
  await once(socket, 'secureConnect');
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber.toLowerCase();
}

describe('mtlsServer', () => {
  it('lets the peer in that is authorized, over TLS 1.3, and knows who it is', async () => {
    await using greeter = new Greeter(own);
    const socket = connectTo(await greeter.listen());
    expect(await greeting(socket)).toBe(`hello ${PEER}`);
    expect(socket.getProtocol()).toBe('TLSv1.3');
    expect(greeter.refusals).toEqual([]);
    socket.destroy();
  });

  it.each<[string, Authorize]>([
    ['several IDs', [PEER, 'spiffe://example.org/other']],
    ['the whole trust domain', { memberOf: 'example.org' }],
    ['a predicate', (id: SpiffeId) => id.uri === PEER],
    ['anybody whose SVID verifies', anyPeer],
  ])('authorizes by %s', async (_, authorize) => {
    await using greeter = new Greeter(own, authorize);
    const socket = connectTo(await greeter.listen());
    expect(await greeting(socket)).toBe(`hello ${PEER}`);
    socket.destroy();
  });

  it('lets a peer of a federated trust domain in', async () => {
    await using greeter = new Greeter(own, { memberOf: 'partner.org' });
    const socket = rawConnect(await greeter.listen(), await cas.partner.issueX509Svid('/peer'));
    expect(await greeting(socket)).toBe('hello spiffe://partner.org/peer');
    socket.destroy();
  });

  it('lets a peer in whose SVID comes with intermediates', async () => {
    const middle = await cas.own.intermediate();
    const lower = await middle.intermediate();
    await using greeter = new Greeter(own);
    const socket = rawConnect(await greeter.listen(), await lower.issueX509Svid('/peer'));
    expect(await greeting(socket)).toBe(`hello ${PEER}`);
    socket.destroy();
  });

  it('says on its sockets that the peer is authorized', async () => {
    await using greeter = new Greeter(own);
    const accepted = once(greeter.server, 'secureConnection') as Promise<[TLSSocket]>;
    const socket = connectTo(await greeter.listen());
    const [accepting] = await accepted;
    expect(accepting.authorized).toBe(true);
    socket.destroy();
  });

  it('T49: resumes no session', async () => {
    await using greeter = new Greeter(own);
    const port = await greeter.listen();
    const svid = await cas.own.issueX509Svid('/peer');
    const sessions: Buffer[] = [];
    const first = rawConnect(port, svid).on('session', (session: Buffer) => sessions.push(session));
    await greeting(first);
    first.end('bye');
    await closed(first);
    for (const session of [...sessions, first.getSession()]) {
      if (session === undefined) continue;
      const options = { host: '127.0.0.1', port, session, rejectUnauthorized: false, ...pemOf(svid) };
      const again = connectTls(options);
      expect(await greeting(again)).toBe(`hello ${PEER}`);
      expect(again.isSessionReused()).toBe(false);
      again.destroy();
    }
  });

  it('T46: gives a handshake ten seconds, or as long as its maker says', () => {
    const made: TlsOptions[] = [];
    const server = mtlsServer(own.source, { authorize: PEER }, (options) => {
      made.push(options);
      return createServer({ ...options, handshakeTimeout: 500 });
    });
    expect(made[0]?.handshakeTimeout).toBe(10_000);
    server.close();
  });

  it('T46: ends a handshake that does not get on', async () => {
    const server = mtlsServer(own.source, { authorize: PEER }, (options) =>
      createServer({ ...options, handshakeTimeout: 20 }),
    );
    try {
      await closed(connectTcp(await listen(server), '127.0.0.1'));
    } finally {
      server.close();
    }
  });

  it('refuses a malformed decision at once', () => {
    expect(errorCode(() => new Greeter(own, 'peer'))).toBe('ERR_SPIFFE_ID_SCHEME');
  });
});

describe('mtlsServer refuses', () => {
  it.each(WRONG_PEERS)('$name, and hears nothing of it', async ({ svid, code }) => {
    await using greeter = new Greeter(own);
    const socket = rawConnect(await greeter.listen(), await svid(cas));
    const received: unknown[] = [];
    socket.on('data', (data) => received.push(data)).on('error', () => undefined);
    socket.write('something sent along with the handshake');
    await greeter.untilRefused();
    await closed(socket);
    expect({ refusals: greeter.refusals, heard: greeter.heard, received }).toEqual({
      refusals: [code],
      heard: [],
      received: [],
    });
  });

  it('a peer without a certificate', async () => {
    await using greeter = new Greeter(own);
    const socket = rawConnect(await greeter.listen()).on('error', () => undefined);
    socket.write('something');
    await greeter.untilRefused();
    expect({ refusals: greeter.refusals, heard: greeter.heard }).toEqual({
      refusals: ['ERR_UNAUTHENTICATED'],
      heard: [],
    });
  });

  it.each<[string, Authorize, string]>([
    ['an empty list', [], 'ERR_PERMISSION_DENIED'],
    ['a predicate that says no', () => false, 'ERR_PERMISSION_DENIED'],
    [
      'an asynchronous predicate, which is none',
      (() => Promise.resolve(true)) as unknown as () => boolean,
      'ERR_PERMISSION_DENIED',
    ],
    [
      'a predicate that throws',
      () => {
        throw new RangeError('bug');
      },
      'RangeError: bug',
    ],
  ])('whom %s does not authorize', async (_, authorize, refusal) => {
    await using greeter = new Greeter(own, authorize);
    connectTo(await greeter.listen()).on('error', () => undefined);
    await greeter.untilRefused();
    expect(greeter.refusals).toEqual([refusal]);
  });

  it('a client of TLS 1.2', async () => {
    await using greeter = new Greeter(own);
    const svid = pemOf(await cas.own.issueX509Svid('/peer'));
    const socket = connectTls({
      host: '127.0.0.1',
      port: await greeter.listen(),
      maxVersion: 'TLSv1.2',
      rejectUnauthorized: false,
      ...svid,
    });
    await expect(once(socket, 'secureConnect')).rejects.toThrow('alert protocol version');
  });

  it('a client that talks HTTP without TLS', async () => {
    await using greeter = new Greeter(own);
    const socket = connectTcp(await greeter.listen(), '127.0.0.1').on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    socket.resume();
    await closed(socket);
    expect(greeter.heard).toEqual([]);
  });

  it('requests of strangers before an HTTP server sees them', async () => {
    const onRequest = jest.fn();
    const onRefused = jest.fn<(error: Error) => void>();
    const server = mtlsServer(own.source, { authorize: PEER, onRefused }, (options) =>
      createHttpsServer(options, onRequest),
    );
    const socket = rawConnect(await listen(server), await cas.own.issueX509Svid('/stranger'));
    socket.on('error', () => undefined).resume();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await closed(socket);
    server.close();
    await once(server, 'close');
    expect(onRequest).not.toHaveBeenCalled();
    expect(onRefused).toHaveBeenCalledTimes(1);
  });
});

describe('mtlsServer and its source', () => {
  it('new connections get the newest SVID, and open ones survive', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    const lasting = connectTo(port);
    await greeting(lasting);
    const serials = [source.serial];
    const presented = [await presentedSerial(port)];
    for (let rotation = 1; rotation <= 2; rotation++) {
      await source.rotate();
      serials.push(source.serial);
      presented.push(await presentedSerial(port));
      lasting.write(`rotation ${rotation}`);
      expect(await greeting(lasting)).toBe(`you said rotation ${rotation}`);
    }
    expect(presented).toEqual(serials);
    expect(new Set(serials).size).toBe(3);
    lasting.destroy();
  });

  it('presents the newest SVID when the first has rotated before it listens', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    await source.rotate();
    expect(await presentedSerial(await greeter.listen())).toBe(source.serial);
  });

  it('trusts a new authority from the moment that it is in the bundle', async () => {
    const next = await TestCa.create('example.org');
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    const svid = await next.issueX509Svid('/peer');
    rawConnect(port, svid).on('error', () => undefined);
    await greeter.untilRefused();
    await source.rotate({ bundle: [cas.own, next] });
    const socket = rawConnect(port, svid);
    expect(await greeting(socket)).toBe(`hello ${PEER}`);
    socket.destroy();
    expect(greeter.refusals).toEqual(['ERR_X509_SVID_UNTRUSTED']);
  });

  it('WAPI-10: refuses peers whose federated bundle has vanished', async () => {
    await using source = await TestSource.open(cas.own, '/server', { federated: [cas.partner] });
    await using greeter = new Greeter(source, { memberOf: 'partner.org' });
    const port = await greeter.listen();
    const svid = await cas.partner.issueX509Svid('/peer');
    const before = rawConnect(port, svid);
    await greeting(before);
    await source.rotate({ federated: [] });
    rawConnect(port, svid).on('error', () => undefined);
    await greeter.untilRefused();
    expect(greeter.refusals).toEqual(['ERR_X509_SVID_NO_BUNDLE']);
    before.destroy();
  });

  it('WAPI-25: refuses everybody while its SVID is withdrawn, without presenting it', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    const before = connectTo(port);
    await greeting(before);
    await source.withdraw();
    const secured = jest.fn();
    const refused = connectTo(port).on('secureConnect', secured);
    await closed(refused);
    expect({ refusals: greeter.refusals, secured: secured.mock.calls.length }).toEqual({
      refusals: ['ERR_PERMISSION_DENIED'],
      secured: 0,
    });
    before.write('still here');
    expect(await greeting(before)).toBe('you said still here');
    before.destroy();

    await source.rotate();
    expect(await presentedSerial(port)).toBe(source.serial);
  });

  it('refuses a handshake that was under way when its SVID was withdrawn', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const accepted = once(greeter.server, 'connection');
    const tcp = connectTcp(await greeter.listen(), '127.0.0.1').on('error', () => undefined);
    await accepted;
    await source.withdraw();
    const svid = pemOf(await cas.own.issueX509Svid('/peer'));
    connectTls({ socket: tcp, rejectUnauthorized: false, ...svid }).on('error', () => undefined);
    await greeter.untilRefused();
    expect(greeter.refusals).toEqual(['ERR_PERMISSION_DENIED']);
  });

  it('can be made while there is no SVID, and serves when there is one', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await source.withdraw();
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    await source.rotate();
    expect(await presentedSerial(port)).toBe(source.serial);
  });

  it('refuses everybody when its own SVID has expired', async () => {
    await using source = await TestSource.open(cas.own, '/server', { ttl: -60 });
    await using greeter = new Greeter(source);
    connectTo(await greeter.listen()).on('error', () => undefined);
    await greeter.untilRefused();
    expect(greeter.refusals).toEqual(['ERR_X509_EXPIRED']);
  });

  it('refuses everybody when the source is closed, keeps what is open, and can still be closed', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    const before = connectTo(port);
    await greeting(before);
    source.source.close();
    connectTo(port).on('error', () => undefined);
    await greeter.untilRefused();
    expect(greeter.refusals).toEqual(['ERR_UNAVAILABLE']);
    before.write('still here');
    expect(await greeting(before)).toBe('you said still here');
    before.destroy();
  });

  it('handshakes during rotations all succeed', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    await using greeter = new Greeter(source);
    const port = await greeter.listen();
    const greetings: Promise<string>[] = [];
    for (let rotation = 0; rotation < 10; rotation++) {
      for (let connection = 0; connection < 4; connection++) {
        const socket = connectTo(port);
        greetings.push(
          greeting(socket).finally(() => {
            socket.destroy();
          }),
        );
      }
      await source.rotate();
    }
    expect(new Set(await Promise.all(greetings))).toEqual(new Set([`hello ${PEER}`]));
    expect(greeter.refusals).toEqual([]);
  });

  it('1,000 updates leave no listener behind, and cost nothing until somebody connects', async () => {
    await using source = await TestSource.open(cas.own, '/server');
    const onUpdate = jest.spyOn(source.source, 'onUpdate');
    await using greeter = new Greeter(source);
    expect(onUpdate).not.toHaveBeenCalled();
    const setSecureContext = jest.spyOn(greeter.server, 'setSecureContext');
    const port = await greeter.listen();
    let left = 1000;
    const all = new Promise<void>((resolve) => {
      source.source.onUpdate(() => {
        if (--left === 0) resolve();
      });
    });
    for (let update = 0; update < 20; update++) await pushFifty(source);
    await all;
    expect(setSecureContext).not.toHaveBeenCalled();
    await Promise.all([presentedSerial(port), presentedSerial(port)]);
    expect(setSecureContext).toHaveBeenCalledTimes(1);
  });
});

/** Sends fifty messages, and waits until they have arrived. */
async function pushFifty(source: TestSource): Promise<void> {
  const svid = await cas.own.issueX509Svid('/server');
  const message = x509Message({ svids: [svid], bundle: [cas.own] });
  let left = 50;
  await new Promise<void>((resolve) => {
    const stop = source.source.onUpdate(() => {
      if (--left > 0) return;
      stop();
      resolve();
    });
    for (let each = 0; each < 50; each++) source.api.x509Svids.push(message);
  });
}
