import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:https';
import { Agent, fetch } from 'undici';
import { SignetError } from '@signet/core';
import { errorCode } from '../testdata/error-code.ts';
import { RawServer } from '../testdata/raw-peer.ts';
import { APPLICATION_DATA, RecordingProxy } from '../testdata/recording-proxy.ts';
import { Service } from '../testdata/service.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import { mtlsConnector } from './mtls-connector.ts';
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

/** An HTTPS service that answers with the ID of its caller and the port that it calls from. */
function startService(): Promise<Service> {
  return Service.startWith(cas.own, (options) =>
    createServer(options, (incoming, response) =>
      response.end(`${peerId(incoming)?.uri ?? ''} ${incoming.socket.remotePort ?? 0}`),
    ),
  );
}

function dispatcherOf(source = client.source, authorize = SERVER): Agent {
  return new Agent({ connect: mtlsConnector(source, { authorize }) });
}

async function get(dispatcher: Agent, port: number): Promise<string> {
  const response = await fetch(`https://127.0.0.1:${port}/`, { dispatcher });
  return response.text();
}

/** Code of what a fetch failed with. */
async function failure(fetched: Promise<unknown>): Promise<string> {
  try {
    await fetched;
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return cause instanceof SignetError ? cause.code : `not ours: ${String(cause)}`;
  }
  return 'no error';
}

describe('mtlsConnector', () => {
  it('lets fetch speak with the server that is authorized', async () => {
    await using service = await startService();
    const dispatcher = dispatcherOf();
    expect(await get(dispatcher, service.port)).toContain('spiffe://example.org/client ');
    await dispatcher.close();
  });

  it('connects by name too, which nobody checks', async () => {
    await using service = await startService();
    const dispatcher = dispatcherOf();
    const response = await fetch(`https://localhost:${service.port}/`, { dispatcher });
    expect(await response.text()).toContain('spiffe://example.org/client ');
    await dispatcher.close();
  });

  it('keeps a connection over two rotations of both sides, and opens new ones with the new SVIDs', async () => {
    await using service = await startService();
    await using own = await TestSource.open(cas.own, '/client');
    const lasting = dispatcherOf(own.source);
    const answers = new Set([await get(lasting, service.port)]);
    for (let rotation = 0; rotation < 2; rotation++) {
      await Promise.all([own.rotate(), service.own.rotate()]);
      answers.add(await get(lasting, service.port));
      const fresh = dispatcherOf(own.source);
      expect(await get(fresh, service.port)).toContain('spiffe://example.org/client ');
      await fresh.close();
    }
    expect(answers.size).toBe(1);
    await lasting.close();
  });

  it.each(WRONG_PEERS)('refuses $name, before the request leaves', async ({ svid, code }) => {
    await using server = await RawServer.start(await svid(cas), { greeting: 'HTTP/1.1 200 OK\r\n\r\n' });
    await using proxy = await RecordingProxy.start(server.port);
    const dispatcher = dispatcherOf(client.source, PEER);
    expect(await failure(get(dispatcher, proxy.port))).toBe(code);
    await proxy.untilClosed();
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
    await dispatcher.destroy();
  });

  it('fails with the reason while there is no SVID', async () => {
    await using own = await TestSource.open(cas.own, '/client');
    await own.withdraw();
    const dispatcher = dispatcherOf(own.source);
    expect(await failure(get(dispatcher, 8443))).toBe('ERR_PERMISSION_DENIED');
    await dispatcher.destroy();
  });

  it('refuses a malformed decision at once', () => {
    expect(errorCode(() => dispatcherOf(client.source, 'spiffe://EXAMPLE.org/x'))).toBe(
      'ERR_TRUST_DOMAIN_UPPERCASE',
    );
  });
});
