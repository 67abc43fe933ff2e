import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect as connectTcp, createServer as createTcpServer, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SignetError } from '@signet/core';
import { errorCode } from '../testdata/error-code.ts';
import { listen, RawServer } from '../testdata/raw-peer.ts';
import { APPLICATION_DATA, HANDSHAKE, RecordingProxy } from '../testdata/recording-proxy.ts';
import { soon } from '../testdata/soon.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import type { Authorize } from './authorize.ts';
import { mtlsConnect, type MtlsClientOptions } from './mtls-connect.ts';
import { peerId } from './peer-id.ts';

const PEER = 'spiffe://example.org/peer';
let cas: Authorities;
let client: TestSource;

beforeAll(async () => {
  cas = await authorities();
  client = await TestSource.open(cas.own, '/client', { federated: [cas.partner] });
});

afterAll(() => client[Symbol.asyncDispose]());

function connectTo(port: number, options: Partial<MtlsClientOptions> = {}): TLSSocket {
  return mtlsConnect(client.source, { authorize: PEER, ...options }, { host: '127.0.0.1', port });
}

/** How a connection ends: the code of its error. */
function ending(socket: Socket): Promise<string> {
  return soon(
    new Promise((resolve) => {
      socket.once('error', (error) => {
        resolve(error instanceof SignetError ? error.code : `${error.name}: ${error.message}`);
      });
      socket.once('close', () => {
        resolve('no error');
      });
    }),
  );
}

describe('mtlsConnect', () => {
  it('connects to the server that is authorized, over TLS 1.3, and says who it is', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const socket = connectTo(server.port);
    expect(peerId(socket)).toBeUndefined();
    await soon(once(socket, 'secureConnect'));
    expect({
      id: peerId(socket)?.uri,
      protocol: socket.getProtocol(),
      authorized: socket.authorized,
    }).toEqual({
      id: PEER,
      protocol: 'TLSv1.3',
      authorized: true,
    });
    socket.end('over');
    expect(await server.untilReceived(4)).toBe('over');
  });

  it('presents the SVID of the source', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const presented = once(server.server, 'secureConnection') as Promise<[TLSSocket]>;
    const socket = connectTo(server.port);
    const [accepted] = await presented;
    expect(accepted.getPeerCertificate().subjectaltname).toBe('URI:spiffe://example.org/client');
    socket.destroy();
  });

  it.each<[string, Authorize]>([
    ['one ID', PEER],
    ['one of several IDs', ['spiffe://example.org/other', PEER]],
    ['the whole trust domain', { memberOf: 'example.org' }],
    ['a predicate', (id) => id.path.startsWith('/p')],
  ])('authorizes by %s', async (_, authorize) => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const socket = connectTo(server.port, { authorize });
    await soon(once(socket, 'secureConnect'));
    expect(peerId(socket)?.uri).toBe(PEER);
    socket.destroy();
  });

  it('connects to a server of a federated trust domain', async () => {
    await using server = await RawServer.start(await cas.partner.issueX509Svid('/peer'));
    const socket = connectTo(server.port, { authorize: 'spiffe://partner.org/peer' });
    await soon(once(socket, 'secureConnect'));
    expect(peerId(socket)?.trustDomain.name).toBe('partner.org');
    socket.destroy();
  });

  it('connects over a socket that exists already', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const tcp = connectTcp(server.port, '127.0.0.1');
    await once(tcp, 'connect');
    const socket = mtlsConnect(client.source, { authorize: PEER }, { socket: tcp });
    await soon(once(socket, 'secureConnect'));
    expect(peerId(socket)?.uri).toBe(PEER);
    socket.destroy();
  });
});

describe('mtlsConnect refuses', () => {
  it.each(WRONG_PEERS)('$name, before it is told anything', async ({ svid, code }) => {
    await using server = await RawServer.start(await svid(cas), { greeting: 'take this' });
    await using proxy = await RecordingProxy.start(server.port);
    const socket = connectTo(proxy.port);
    const heard: unknown[] = [];
    socket.on('data', (data) => heard.push(data));
    socket.on('secureConnect', () => heard.push('secureConnect'));
    socket.write('a secret written too early');
    expect(await ending(socket)).toBe(code);
    await proxy.untilClosed();
    expect({ heard, id: peerId(socket), authorized: socket.authorized }).toEqual({
      heard: [],
      id: undefined,
      authorized: false,
    });
    // Not even the client's own certificate was sent.
    expect(proxy.recordTypes).toContain(HANDSHAKE);
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
  });

  it('(control) the server that is authorized gets what was written early', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'), {
      greeting: 'take this',
    });
    await using proxy = await RecordingProxy.start(server.port);
    const socket = connectTo(proxy.port);
    socket.write('a secret written too early');
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toBe('take this');
    expect(await server.untilReceived(26)).toBe('a secret written too early');
    socket.end();
    await proxy.untilClosed();
    expect(proxy.recordTypes).toContain(APPLICATION_DATA);
  });

  it('over a socket that exists already', async () => {
    const impostor = await cas.own.issueX509Svid('/somebody-else');
    await using server = await RawServer.start(impostor, { greeting: 'take this' });
    await using proxy = await RecordingProxy.start(server.port);
    const tcp = connectTcp(proxy.port, '127.0.0.1');
    await once(tcp, 'connect');
    const socket = mtlsConnect(client.source, { authorize: PEER }, { socket: tcp });
    socket.write('a secret written too early');
    expect(await ending(socket)).toBe('ERR_PERMISSION_DENIED');
    await proxy.untilClosed();
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
  });

  it.each<[string, Authorize, string]>([
    ['an empty list', [], 'ERR_PERMISSION_DENIED'],
    ['other IDs', ['spiffe://example.org/a', 'spiffe://example.org/b'], 'ERR_PERMISSION_DENIED'],
    ['another trust domain', { memberOf: 'partner.org' }, 'ERR_PERMISSION_DENIED'],
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
  ])('whom %s does not authorize', async (_, authorize, ended) => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    expect(await ending(connectTo(server.port, { authorize }))).toBe(ended);
  });

  it('a server that wants no more than TLS 1.2', async () => {
    const svid = await cas.own.issueX509Svid('/peer');
    await using server = await RawServer.start(svid, { maxVersion: 'TLSv1.2' });
    expect(await ending(connectTo(server.port))).toContain('alert protocol version');
  });

  it('a server that says nothing', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => undefined));
    const port = await listen(silent);
    expect(await ending(connectTo(port, { handshakeTimeoutMs: 20 }))).toBe('ERR_UNAVAILABLE');
    silent.close();
  });

  it('a malformed decision at once', () => {
    expect(errorCode(() => connectTo(1, { authorize: 'example.org/peer' }))).toBe('ERR_SPIFFE_ID_SCHEME');
    expect(errorCode(() => connectTo(1, { authorize: [PEER, 'spiffe://'] }))).toBe('ERR_TRUST_DOMAIN_EMPTY');
    expect(errorCode(() => connectTo(1, { authorize: { memberOf: 'Example.org' } }))).toBe(
      'ERR_TRUST_DOMAIN_UPPERCASE',
    );
  });
});

describe('mtlsConnect and its source', () => {
  it('each connection presents the newest SVID', async () => {
    await using own = await TestSource.open(cas.own, '/client');
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const serials: string[] = [];
    server.server.on('secureConnection', (socket: TLSSocket) => {
      serials.push(socket.getPeerCertificate().serialNumber.toLowerCase());
    });
    const expected: string[] = [];
    for (let rotation = 0; rotation < 3; rotation++) {
      if (rotation > 0) await own.rotate();
      expected.push(own.serial);
      const target = { host: '127.0.0.1', port: server.port };
      const socket = mtlsConnect(own.source, { authorize: PEER }, target);
      await soon(once(socket, 'secureConnect'));
      socket.end();
      await once(socket, 'close');
    }
    expect(serials).toEqual(expected);
    expect(new Set(serials).size).toBe(3);
  });

  it('WAPI-25: fails with the reason after the SVID was withdrawn, and works again when there is a new one', async () => {
    await using own = await TestSource.open(cas.own, '/client');
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const target = { host: '127.0.0.1', port: server.port };
    await own.withdraw();
    expect(await ending(mtlsConnect(own.source, { authorize: PEER }, target))).toBe('ERR_PERMISSION_DENIED');
    await own.rotate();
    const socket = mtlsConnect(own.source, { authorize: PEER }, target);
    await soon(once(socket, 'secureConnect'));
    socket.destroy();
  });

  it('a connection whose SVID is withdrawn during the handshake fails with the reason', async () => {
    await using own = await TestSource.open(cas.own, '/client');
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const silent = createTcpServer();
    const port = await listen(silent);
    const accepted = once(silent, 'connection') as Promise<[Socket]>;
    const socket = mtlsConnect(own.source, { authorize: PEER }, { host: '127.0.0.1', port });
    const [tcp] = await accepted;
    await own.withdraw();
    // The handshake goes on only now.
    server.server.emit('connection', tcp);
    expect(await ending(socket)).toBe('ERR_PERMISSION_DENIED');
    silent.close();
  });

  it('fails with the reason when the own SVID has expired', async () => {
    await using own = await TestSource.open(cas.own, '/client', { ttl: -60 });
    const target = { host: '127.0.0.1', port: 1 };
    expect(await ending(mtlsConnect(own.source, { authorize: PEER }, target))).toBe('ERR_X509_EXPIRED');
  });

  it('fails with the reason when the source is closed', async () => {
    const own = await TestSource.open(cas.own, '/client');
    await own[Symbol.asyncDispose]();
    const target = { host: '127.0.0.1', port: 1 };
    expect(await ending(mtlsConnect(own.source, { authorize: PEER }, target))).toBe('ERR_UNAVAILABLE');
  });

  it('takes the socket that it was given with it when it fails', async () => {
    const own = await TestSource.open(cas.own, '/client');
    await own[Symbol.asyncDispose]();
    const quiet = createTcpServer();
    const tcp = connectTcp(await listen(quiet), '127.0.0.1');
    await once(tcp, 'connect');
    const socket = mtlsConnect(own.source, { authorize: PEER }, { socket: tcp });
    expect(await ending(socket)).toBe('ERR_UNAVAILABLE');
    expect(tcp.destroyed).toBe(true);
    quiet.close();
  });

  it('WAPI-10: a federated bundle that vanishes takes its servers with it', async () => {
    await using own = await TestSource.open(cas.own, '/client', { federated: [cas.partner] });
    await using server = await RawServer.start(await cas.partner.issueX509Svid('/peer'));
    const connect = (): Socket =>
      mtlsConnect(
        own.source,
        { authorize: { memberOf: 'partner.org' } },
        { host: '127.0.0.1', port: server.port },
      );
    const before = connect();
    await once(before, 'secureConnect');
    await own.rotate({ federated: [] });
    expect(await ending(connect())).toBe('ERR_X509_SVID_NO_BUNDLE');
    before.destroy();
  });
});

describe('mtlsConnect and its signal', () => {
  it('destroys a connection in its handshake', async () => {
    const silent = createTcpServer();
    const port = await listen(silent);
    const abort = new AbortController();
    const socket = connectTo(port, { signal: abort.signal });
    const ended = ending(socket);
    await once(socket, 'connect');
    abort.abort();
    expect(await ended).toContain('AbortError');
    silent.close();
  });

  it('destroys an open connection', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const abort = new AbortController();
    const socket = connectTo(server.port, { signal: abort.signal });
    await soon(once(socket, 'secureConnect'));
    const ended = ending(socket);
    abort.abort();
    expect(await ended).toContain('AbortError');
  });

  it('connects to nobody when it is aborted already', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    expect(await ending(connectTo(server.port, { signal: AbortSignal.abort() }))).toContain('AbortError');
    expect(server.handshakes).toBe(0);
  });
});
