import { once } from 'node:events';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { encodePem, x509BundleOf } from '@signet/core';
import { systemClock } from '@signet/daemon';
import { TestAuthority, type TestIdentity } from '../testdata/test-authority.ts';
import { callUnary } from './call.ts';
import { openServerChannel } from './server-channel.ts';
import { type ServerVerifier, verifyServerByBundle, verifyServerIdOnly } from './server-verifier.ts';

const authority = new TestAuthority('example.org');
const stranger = new TestAuthority('example.org');
const SERVER_ID = 'spiffe://example.org/spire/server';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Listening {
  readonly server: Server;
  readonly port: number;
  /** all that arrived after the handshakes. */
  readonly received: Buffer[];
  readonly connections: () => number;
}

async function listen({ chainDer, key }: TestIdentity): Promise<Listening> {
  const received: Buffer[] = [];
  let connections = 0;
  const server = createServer({
    cert: chainDer.map((der) => encodePem('CERTIFICATE', der)).join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    ALPNProtocols: ['h2'],
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    closers.push(() => socket.destroy());
    socket.on('error', () => undefined).on('data', (data: Buffer) => received.push(data));
  });
  server.on('connection', () => (connections += 1));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { server, port: (server.address() as AddressInfo).port, received, connections: () => connections };
}

async function call(port: number, verify: ServerVerifier): Promise<unknown> {
  const channel = openServerChannel({ host: '127.0.0.1', port }, { verify, identity: () => undefined });
  closers.push(() => channel.close());
  const clock = { nowMs: () => Date.now() - 28_000 };
  return callUnary('GetBundle', clock, (options, done) => channel.bundle.GetBundle({}, options, done)).catch(
    (error: unknown) => error,
  );
}

function byBundle(of: TestAuthority = authority): ServerVerifier {
  const bundle = x509BundleOf(of.bundle());
  return verifyServerByBundle(authority.trustDomain, { x509Bundle: () => bundle }, systemClock);
}

describe('ServerCredentials', () => {
  const wrong: { name: string; identity: () => TestIdentity; text: string }[] = [
    {
      name: 'another authority',
      identity: () => stranger.identity(SERVER_ID),
      text: '',
    },
    {
      name: 'another SPIFFE ID of the trust domain',
      identity: () => authority.identity('spiffe://example.org/workload'),
      text: 'unexpected server ID',
    },
    {
      name: 'an expired certificate',
      identity: () => authority.identity(SERVER_ID, { notBefore: 1_000_000_000, notAfter: 1_000_000_100 }),
      text: '',
    },
  ];

  it.each(wrong)('sends nothing to a server with $name', async ({ identity, text }) => {
    const server = await listen(identity());
    const error = await call(server.port, byBundle());
    expect(error).toMatchObject({ code: 'ERR_UNAVAILABLE' });
    expect((error as Error).message).toContain(text);
    expect(server.connections()).toBeGreaterThan(0);
    expect(Buffer.concat(server.received)).toHaveLength(0);
  });

  it('sends requests to the server, whatever its host name', async () => {
    const server = await listen(authority.identity(SERVER_ID));
    await call(server.port, byBundle());
    expect(Buffer.concat(server.received).toString('latin1')).toContain('PRI * HTTP/2.0');
  });

  it('begins no TLS for a channel that was closed after its server went away', async () => {
    const { server, port } = await listen(authority.identity(SERVER_ID));
    server.close();
    const channel = openServerChannel(
      { host: '127.0.0.1', port },
      { verify: byBundle(), identity: () => undefined },
    );
    await callUnary('GetBundle', systemClock, (options, done) =>
      channel.bundle.GetBundle({}, options, done),
    ).catch(() => undefined);
    channel.close();
    const back = createTcpServer((socket) => closers.push(() => socket.destroy())).listen(port, '127.0.0.1');
    closers.push(() => back.close());
    const [socket] = (await once(back, 'connection')) as [Socket];
    const [hasData] = await Promise.race([
      once(socket, 'data').then(() => [true]),
      once(socket.resume(), 'close').then(() => [false]),
    ]);
    expect(hasData).toBe(false);
  });

  it('with insecure bootstrap still wants the server ID', async () => {
    const verify = verifyServerIdOnly(authority.trustDomain);
    const impostor = await listen(stranger.identity(SERVER_ID));
    await call(impostor.port, verify);
    expect(Buffer.concat(impostor.received).length).toBeGreaterThan(0);
    const workload = await listen(stranger.identity('spiffe://example.org/workload'));
    expect(await call(workload.port, verify)).toMatchObject({ code: 'ERR_UNAVAILABLE' });
    expect(Buffer.concat(workload.received)).toHaveLength(0);
  });
});
