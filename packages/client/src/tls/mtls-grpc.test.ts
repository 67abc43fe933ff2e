import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import {
  type ClientReadableStream,
  Server,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { createClient, type HealthCheckResponseOutput, type HealthClient, healthService } from '@signet/api';
import { errorCode } from '../testdata/error-code.ts';
import { closed, rawConnect, RawServer } from '../testdata/raw-peer.ts';
import { APPLICATION_DATA, RecordingProxy } from '../testdata/recording-proxy.ts';
import { Service } from '../testdata/service.ts';
import { TestSource } from '../testdata/test-source.ts';
import { type Authorities, authorities, WRONG_PEERS } from '../testdata/wrong-peers.ts';
import type { X509Source } from '../source/x509-source.ts';
import { mtlsChannelCredentials } from './mtls-channel-credentials.ts';
import { mtlsGrpcListener } from './mtls-grpc-listener.ts';
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

/** A gRPC service over a listener of this package that notes who called. */
class GrpcService implements AsyncDisposable {
  readonly service: Service;
  readonly grpc: Server;
  readonly callers: (string | undefined)[];
  readonly streams: ServerWritableStream<unknown, { status: 'SERVING' | 'NOT_SERVING' }>[];

  private constructor(service: Service, grpc: Server, { callers, streams }: Heard) {
    this.service = service;
    this.grpc = grpc;
    this.callers = callers;
    this.streams = streams;
  }

  static async start(): Promise<GrpcService> {
    const grpc = new Server();
    const heard: Heard = { callers: [], streams: [] };
    grpc.addService(healthService, {
      Check: (call: ServerUnaryCall<unknown, unknown>, done: (error: null, answer: object) => void) => {
        heard.callers.push(peerId(call)?.uri);
        done(null, { status: 'SERVING' });
      },
      Watch: (call: Heard['streams'][number]) => {
        heard.callers.push(peerId(call)?.uri);
        heard.streams.push(call);
        call.write({ status: 'SERVING' });
      },
    });
    const make = (source: X509Source, options: Parameters<typeof mtlsGrpcListener>[1]) =>
      mtlsGrpcListener(source, options, grpc);
    return new GrpcService(await Service.start(cas.own, make), grpc, heard);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.grpc.forceShutdown();
    await this.service[Symbol.asyncDispose]();
  }
}

interface Heard {
  readonly callers: (string | undefined)[];
  readonly streams: ServerWritableStream<unknown, { status: 'SERVING' | 'NOT_SERVING' }>[];
}

function clientOf(port: number, source = client.source, authorize = SERVER): HealthClient {
  const credentials = mtlsChannelCredentials(source, { authorize });
  return createClient(healthService, `127.0.0.1:${port}`, credentials, {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
  });
}

function check(health: HealthClient): Promise<string> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + 10_000;
    health.Check({ service: '' }, { deadline }, (error, answer) => {
      if (error === null) resolve(answer?.status ?? '');
      else reject(error);
    });
  });
}

async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as ServiceError).details;
  }
  return 'no error';
}

async function next(stream: ClientReadableStream<HealthCheckResponseOutput>): Promise<string> {
  const [message] = (await once(stream, 'data')) as [HealthCheckResponseOutput];
  return message.status;
}

describe('grpc-js over mutual TLS', () => {
  it('calls the server that is authorized, whose handlers know the caller', async () => {
    await using service = await GrpcService.start();
    const health = clientOf(service.service.port);
    expect(await check(health)).toBe('SERVING');
    expect(await check(health)).toBe('SERVING');
    expect(service.callers).toEqual(Array(2).fill('spiffe://example.org/client'));
    health.close();
  });

  it('keeps a stream over two rotations of both sides, and opens new connections with the new SVIDs', async () => {
    await using service = await GrpcService.start();
    await using own = await TestSource.open(cas.own, '/client');
    const lasting = clientOf(service.service.port, own.source);
    const stream = lasting.Watch({ service: '' });
    expect(await next(stream)).toBe('SERVING');
    for (let rotation = 0; rotation < 2; rotation++) {
      await Promise.all([own.rotate(), service.service.own.rotate()]);
      const message = next(stream);
      service.streams[0]?.write({ status: 'NOT_SERVING' });
      expect(await message).toBe('NOT_SERVING');
      const fresh = clientOf(service.service.port, own.source);
      expect(await check(fresh)).toBe('SERVING');
      fresh.close();
    }
    expect(service.service.refusals).toEqual([]);
    stream.on('error', () => undefined).cancel();
    lasting.close();
  });

  it('stops in good order: the listener closes once its calls have ended', async () => {
    const service = await GrpcService.start();
    const health = clientOf(service.service.port);
    await check(health);
    const listenerClosed = once(service.service.server, 'close');
    service.service.server.close();
    await new Promise<void>((resolve, reject) => {
      service.grpc.tryShutdown((error) => (error === undefined ? resolve() : reject(error)));
    });
    await listenerClosed;
    health.close();
    await service.service.own[Symbol.asyncDispose]();
  });
});

describe('mtlsChannelCredentials', () => {
  it.each(WRONG_PEERS)('refuses $name, which never gets a byte of a call', async ({ svid }) => {
    await using server = await RawServer.start(await svid(cas), { ALPNProtocols: ['h2'], greeting: 'hello' });
    await using proxy = await RecordingProxy.start(server.port);
    const health = clientOf(proxy.port, client.source, PEER);
    const details = await failure(check(health));
    health.close();
    await proxy.untilClosed();
    expect(proxy.connections).toBeGreaterThan(0);
    expect(proxy.recordTypes).not.toContain(APPLICATION_DATA);
    expect(details).toContain('peer refused');
  });

  it('(control) the server that is authorized gets the preface of HTTP/2', async () => {
    const svid = await cas.own.issueX509Svid('/peer');
    await using server = await RawServer.start(svid, { ALPNProtocols: ['h2'] });
    const health = clientOf(server.port, client.source, PEER);
    check(health).catch(() => undefined);
    expect(await server.untilReceived(24)).toContain('PRI * HTTP/2.0');
    health.close();
  });

  it('fails calls with the reason while there is no SVID, and works again when there is one', async () => {
    await using service = await GrpcService.start();
    await using own = await TestSource.open(cas.own, '/client');
    await own.withdraw();
    const health = clientOf(service.service.port, own.source);
    expect(await failure(check(health))).toContain('no identity issued');
    await own.rotate();
    await new Promise<void>((resolve, reject) => {
      health.waitForReady(Date.now() + 10_000, (error) => (error === undefined ? resolve() : reject(error)));
    });
    expect(await check(health)).toBe('SERVING');
    health.close();
  });

  it('fails calls with the reason after its source was closed', async () => {
    const own = await TestSource.open(cas.own, '/client');
    await own[Symbol.asyncDispose]();
    await using service = await GrpcService.start();
    const health = clientOf(service.service.port, own.source);
    expect(await failure(check(health))).toContain('the source is closed');
    health.close();
  });

  it('leaves the connection of a refused server open for nobody', async () => {
    await using server = await RawServer.start(await cas.own.issueX509Svid('/somebody-else'));
    const health = clientOf(server.port, client.source, PEER);
    const connection = once(server.server, 'connection') as Promise<[Socket]>;
    await failure(check(health));
    const [socket] = await connection;
    await closed(socket);
    health.close();
  });

  it('refuses a malformed decision at once', () => {
    expect(errorCode(() => clientOf(1, client.source, 'nobody'))).toBe('ERR_SPIFFE_ID_SCHEME');
  });

  it('is equal to itself only, so that no two share connections', () => {
    const [a, b] = [SERVER, SERVER].map((authorize) => mtlsChannelCredentials(client.source, { authorize }));
    expect([a?._equals(a), b && a?._equals(b), a?._isSecure()]).toEqual([true, false, true]);
  });
});

describe('mtlsGrpcListener', () => {
  it.each(WRONG_PEERS)('refuses $name before gRPC hears of it', async ({ svid }) => {
    await using service = await GrpcService.start();
    const socket = rawConnect(service.service.port, await svid(cas), ['h2']);
    const session = connectHttp2('https://127.0.0.1', { createConnection: () => socket });
    session.on('error', () => undefined);
    const received: string[] = [];
    session.on('remoteSettings', () => received.push('settings'));
    session
      .request({ ':method': 'POST', ':path': '/grpc.health.v1.Health/Check' })
      .on('error', () => undefined)
      .on('response', () => received.push('response'));
    await closed(socket);
    expect({ received, callers: service.callers, refusals: service.service.refusals.length }).toEqual({
      received: [],
      callers: [],
      refusals: 1,
    });
  });

  it('refuses everybody while there is no SVID', async () => {
    await using service = await GrpcService.start();
    await service.service.own.withdraw();
    const health = clientOf(service.service.port);
    await failure(check(health));
    expect(service.service.refusals[0]).toBe('ERR_PERMISSION_DENIED');
    await service.service.own.rotate();
    health.close();
    const again = clientOf(service.service.port);
    expect(await check(again)).toBe('SERVING');
    again.close();
  });
});
