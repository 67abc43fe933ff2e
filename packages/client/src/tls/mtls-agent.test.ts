import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type IncomingMessage } from 'node:http';
import { type Agent, createServer, request } from 'node:https';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { closed, rawConnect, RawServer } from '../testdata/raw-peer.ts';
import { APPLICATION_DATA, RecordingProxy } from '../testdata/recording-proxy.ts';
import { Service } from '../testdata/service.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import { mtlsAgent } from './mtls-agent.ts';
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

/** An HTTPS service that answers with the ID of its caller. */
function startService(): Promise<Service> {
  return Service.startWith(cas.own, (options) =>
    createServer(options, (incoming, response) => response.end(peerId(incoming)?.uri)),
  );
}

interface Answer {
  readonly body: string;
  readonly server: string | undefined;
  readonly localPort: number | undefined;
}

function ask(agent: Agent, port: number, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, agent, method: 'POST' }, (incoming) => {
      const { localPort } = incoming.socket;
      const server = peerId(incoming)?.uri;
      text(incoming).then((body) => resolve({ body, server, localPort }), reject);
    });
    outgoing.on('error', reject).end(body);
  });
}

async function text(incoming: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of incoming) all += String(chunk);
  return all;
}

describe('mtlsAgent', () => {
  it('lets https.request speak with the server that is authorized', async () => {
    await using service = await startService();
    const agent = mtlsAgent(client.source, { authorize: SERVER });
    const { body, server } = await ask(agent, service.port);
    expect({ body, server }).toEqual({ body: client.source.svid.id.uri, server: SERVER });
    agent.destroy();
  });

  it('keeps a pooled connection over two rotations of both sides, and opens new ones with the new SVIDs', async () => {
    await using service = await startService();
    await using own = await TestSource.open(cas.own, '/client');
    const pool = mtlsAgent(own.source, { authorize: SERVER }, { keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    ports.add((await ask(pool, service.port)).localPort);
    for (let rotation = 0; rotation < 2; rotation++) {
      await Promise.all([own.rotate(), service.own.rotate()]);
      ports.add((await ask(pool, service.port)).localPort);
      const fresh = mtlsAgent(own.source, { authorize: SERVER });
      expect((await ask(fresh, service.port)).body).toBe('spiffe://example.org/client');
      fresh.destroy();
    }
    expect(ports.size).toBe(1);
    pool.destroy();
  });

  it.each(WRONG_PEERS)('refuses $name, before the request leaves', async ({ svid, code }) => {
    await using server = await RawServer.start(await svid(cas), { greeting: 'HTTP/1.1 200 OK\r\n\r\n' });
    await using proxy = await RecordingProxy.start(server.port);
    const agent = mtlsAgent(client.source, { authorize: PEER }, { keepAlive: true });
    expect(await rejectionCode(ask(agent, proxy.port, 'a secret'))).toBe(code);
    await proxy.untilClosed();
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
    agent.destroy();
  });

  it('fails requests with the reason while there is no SVID', async () => {
    await using service = await startService();
    await using own = await TestSource.open(cas.own, '/client');
    const agent = mtlsAgent(own.source, { authorize: SERVER });
    await own.withdraw();
    expect(await rejectionCode(ask(agent, service.port))).toBe('ERR_PERMISSION_DENIED');
    await own.rotate();
    expect((await ask(agent, service.port)).body).toBe('spiffe://example.org/client');
    agent.destroy();
  });

  it('fails requests whose host does not answer', async () => {
    const agent = mtlsAgent(client.source, { authorize: SERVER });
    await expect(ask(agent, 1)).rejects.toThrow('ECONNREFUSED');
    agent.destroy();
  });

  it('gives up a request that is aborted during the handshake', async () => {
    const abort = new AbortController();
    await using server = await RawServer.start(await cas.own.issueX509Svid('/peer'));
    const agent = mtlsAgent(client.source, { authorize: PEER });
    const outgoing = request({ host: '127.0.0.1', port: server.port, agent, signal: abort.signal });
    const failure = new Promise<Error>((resolve) => outgoing.once('error', resolve));
    outgoing.end();
    abort.abort();
    expect((await failure).name).toBe('AbortError');
    agent.destroy();
  });

  it('refuses a malformed decision at once', () => {
    expect(errorCode(() => mtlsAgent(client.source, { authorize: 'server' }))).toBe('ERR_SPIFFE_ID_SCHEME');
  });
});

describe('an HTTPS server', () => {
  it('refuses strangers before it sees their requests', async () => {
    await using service = await startService();
    const socket = rawConnect(service.port, await cas.own.issueX509Svid('/stranger'));
    const received: unknown[] = [];
    socket.on('data', (data) => received.push(data));
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await closed(socket);
    expect({ refusals: service.refusals, received }).toEqual({
      refusals: ['ERR_PERMISSION_DENIED'],
      received: [],
    });
  });
});
