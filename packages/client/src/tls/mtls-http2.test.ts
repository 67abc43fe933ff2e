import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientHttp2Session, connect, createSecureServer } from 'node:http2';
import { SignetError } from '@signet/core';
import { errorCode } from '../testdata/error-code.ts';
import { closed, rawConnect, RawServer } from '../testdata/raw-peer.ts';
import { APPLICATION_DATA, RecordingProxy } from '../testdata/recording-proxy.ts';
import { Service } from '../testdata/service.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import { mtlsHttp2 } from './mtls-http2.ts';
import { peerId } from './peer-id.ts';

const SERVER = 'spiffe://example.org/server';
const PEER = 'spiffe://example.org/peer';
let cas: Authorities;
let client: TestSource;

beforeAll(async () => {
  cas = await authorities();
  client = await TestSource.open(cas.own, '/client', { federated: [cas.partner] });
});

afterAll(() => client[Symbol.asyncDispose]());

/** An HTTP/2 service that answers with the ID of its caller, as its stream and its request tell it. */
function startService(): Promise<Service> {
  return Service.startWith(cas.own, (options) =>
    createSecureServer(options, (incoming, response) => {
      response.end(`${peerId(incoming)?.uri ?? ''} ${peerId(incoming.stream)?.uri ?? ''}`);
    }),
  );
}

function open(port: number, source = client.source): ClientHttp2Session {
  return mtlsHttp2(source, { authorize: SERVER }, `https://127.0.0.1:${port}`);
}

function get(session: ClientHttp2Session): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/' });
    let body = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (body += chunk));
    stream.on('end', () => resolve(body));
    stream.on('error', reject);
    stream.end();
  });
}

function failure(session: ClientHttp2Session): Promise<string> {
  return new Promise((resolve) => {
    session.once('error', (error: Error) => {
      resolve(error instanceof SignetError ? error.code : String(error));
    });
  });
}

describe('mtlsHttp2', () => {
  it('opens a session with the server that is authorized; both sides know each other', async () => {
    await using service = await startService();
    const session = open(service.port);
    expect(await get(session)).toBe('spiffe://example.org/client spiffe://example.org/client');
    expect(peerId(session)?.uri).toBe(SERVER);
    session.close();
  });

  it('knows nobody any more when the session has gone', async () => {
    await using service = await startService();
    const session = open(service.port);
    await get(session);
    const gone = new Promise((resolve) => session.once('close', resolve));
    session.destroy();
    await gone;
    expect(peerId(session)).toBeUndefined();
  });

  it('keeps a session over two rotations of both sides, and opens new ones with the new SVIDs', async () => {
    await using service = await startService();
    await using own = await TestSource.open(cas.own, '/client');
    const lasting = open(service.port, own.source);
    await get(lasting);
    for (let rotation = 0; rotation < 2; rotation++) {
      await Promise.all([own.rotate(), service.own.rotate()]);
      expect(await get(lasting)).toContain('spiffe://example.org/client');
      const fresh = open(service.port, own.source);
      expect(await get(fresh)).toContain('spiffe://example.org/client');
      fresh.close();
    }
    expect(lasting.closed).toBe(false);
    lasting.close();
  });

  it.each(WRONG_PEERS)('refuses $name, before anything leaves', async ({ svid, code }) => {
    await using server = await RawServer.start(await svid(cas), { ALPNProtocols: ['h2'], greeting: 'hello' });
    await using proxy = await RecordingProxy.start(server.port);
    const session = mtlsHttp2(client.source, { authorize: PEER }, `https://127.0.0.1:${proxy.port}`);
    const failed = failure(session);
    const request = get(session);
    expect(await failed).toBe(code);
    await expect(request).rejects.toThrow('canceled');
    await proxy.untilClosed();
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
  });

  it('fails with the reason while there is no SVID', async () => {
    await using own = await TestSource.open(cas.own, '/client');
    await own.withdraw();
    expect(await failure(open(1, own.source))).toBe('ERR_PERMISSION_DENIED');
  });

  it('refuses a malformed decision at once', () => {
    expect(errorCode(() => mtlsHttp2(client.source, { authorize: '' }, 'https://127.0.0.1:1'))).toBe(
      'ERR_SPIFFE_ID_SCHEME',
    );
  });
});

describe('an HTTP/2 server', () => {
  it('refuses strangers before it sees their requests', async () => {
    await using service = await startService();
    const svid = await cas.own.issueX509Svid('/stranger');
    const socket = rawConnect(service.port, svid, ['h2']);
    const session = connect(`https://127.0.0.1:${service.port}`, { createConnection: () => socket });
    session.on('error', () => undefined);
    session.request({ ':path': '/' }).on('error', () => undefined);
    await closed(socket);
    expect(service.refusals).toEqual(['ERR_PERMISSION_DENIED']);
  });
});
