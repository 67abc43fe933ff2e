import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JwtSource, mtlsConnect, mtlsServer, X509Source } from '@signet/client';
import { Deployment } from '../kit/deployment.ts';
import { until } from '../kit/program.ts';

const SHOP = 'spiffe://example.org/shop';
const ORDERS = 'spiffe://example.org/orders';
/** From the command to the cut, on a machine that is busy with other tests. */
const WITHIN_MS = 10_000;

describe('what is revoked is refused everywhere', () => {
  let deployment: Deployment;
  let parentId: string;
  let shop: X509Source;
  let orders: X509Source;
  let tokens: JwtSource;
  let server: Server;
  let port: number;

  const openSource = (id: string): Promise<X509Source> =>
    X509Source.open({
      endpoint: `unix://${deployment.agentSocket()}`,
      pick: (svids) => svids.find((svid) => svid.id.uri === id),
      signal: AbortSignal.timeout(30_000),
    });
  const createEntry = (spiffeId: string): Promise<string> =>
    deployment.createEntry({ parentId, spiffeId, selectors: [`unix:uid:${process.getuid?.() ?? 0}`] });
  const connected = async (): Promise<TLSSocket> => {
    const socket = mtlsConnect(shop, { authorize: ORDERS }, { host: '127.0.0.1', port });
    await once(socket, 'data');
    return socket;
  };
  const present = async (source: X509Source): Promise<string> => {
    await until(() => Promise.resolve(hasSvid(source)), 30_000, 'an SVID');
    return source.svid.leaf.serialHex;
  };
  const closed = (socket: TLSSocket): Promise<unknown> =>
    once(
      socket.on('error', () => undefined),
      'close',
    );

  beforeAll(async () => {
    deployment = await Deployment.start({ discoverWorkloadPath: false });
    parentId = await deployment.startAgent();
    await createEntry(SHOP);
    await createEntry(ORDERS);
    await until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).stdout.includes(ORDERS),
      30_000,
      'both SVIDs',
    );
    [shop, orders] = await Promise.all([openSource(SHOP), openSource(ORDERS)]);
    tokens = await JwtSource.open({ endpoint: `unix://${deployment.agentSocket()}` });
    server = mtlsServer(orders, { authorize: { memberOf: 'example.org' } }, createServer);
    server.on('secureConnection', (socket) => socket.on('error', () => undefined).write('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  }, 120_000);

  afterAll(async () => {
    server.close();
    for (const source of [shop, orders, tokens]) source.close();
    await deployment[Symbol.asyncDispose]();
  });

  it('sources know how fresh they are', () => {
    expect(shop.revocations).toMatchObject({ isSupported: true, isStale: false });
    expect(tokens.revocations).toMatchObject({ isSupported: true, isStale: false });
  });

  it('one X509-SVID: its connection is cut, its bearer gets another and is accepted again', async () => {
    const serial = await present(shop);
    const socket = await connected();
    const cut = closed(socket);
    await deployment.mustCli('svid', 'revoke', '-serial', serial);
    await cut;
    await until(() => Promise.resolve(hasOther(shop, serial)), WITHIN_MS, 'another SVID');
    (await connected()).destroy();
  }, 60_000);

  it('one JWT-SVID: every verifier refuses it', async () => {
    const { token } = await tokens.fetch({ audience: 'a', spiffeId: SHOP });
    expect(tokens.validate(token, 'a').id.uri).toBe(SHOP);
    const { jti } = claimsOf(token);
    await deployment.mustCli('svid', 'revoke', '-jti', jti);
    await until(
      () => Promise.resolve(isRefused(() => tokens.validate(token, 'a'))),
      WITHIN_MS,
      'its refusal',
    );
    const answer = await deployment.agentCli(['api', 'validate', 'jwt', '-audience', 'a', '-svid', token]);
    expect(answer.code).not.toBe(0);
    const other = await tokens.fetch({ audience: 'a', spiffeId: SHOP });
    expect(other.token).not.toBe(token);
    expect(tokens.validate(other.token, 'a').id.uri).toBe(SHOP);
  }, 60_000);

  it('an entry that is deleted: connections of its workload are cut, its tokens are refused, and both stay so after the server was killed', async () => {
    await present(shop);
    const socket = await connected();
    const cut = closed(socket);
    const { token } = await tokens.fetch({ audience: 'b', spiffeId: SHOP });
    const shown = JSON.parse(
      await deployment.mustCli('entry', 'show', '-spiffeID', SHOP, '-output', 'json'),
    ) as {
      entries: { id: string }[];
    };
    await deployment.mustCli('entry', 'delete', '-entryID', shown.entries[0]?.id ?? '');
    await cut;
    await until(
      () => Promise.resolve(isRefused(() => tokens.validate(token, 'b'))),
      WITHIN_MS,
      'its refusal',
    );
    await deployment.server.stop('SIGKILL');
    await deployment.startServer();
    expect(isRefused(() => tokens.validate(token, 'b'))).toBe(true);
    const late = await JwtSource.open({ endpoint: `unix://${deployment.agentSocket()}` });
    expect(isRefused(() => late.validate(token, 'b'))).toBe(true);
    late.close();
  }, 90_000);
});

describe('what ends an agent together with its workloads', () => {
  const CUT_WITHIN_MS = 2_000;

  it.each([
    ['svid revoke -issuedBefore now', () => ['svid', 'revoke', '-issuedBefore', 'now']],
    ['svid revoke -agent', (id: string) => ['agent', 'revoke', '-spiffeID', id]],
    ['agent ban', (id: string) => ['agent', 'ban', '-spiffeID', id]],
    ['agent evict', (id: string) => ['agent', 'evict', '-spiffeID', id]],
  ])(
    '%s: cuts what their workloads hold open, and agents of join tokens end',
    async (_name, command) => {
      await using deployment = await Deployment.start({ discoverWorkloadPath: false });
      const parentId = await deployment.startAgent();
      const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
      for (const spiffeId of [SHOP, ORDERS]) await deployment.createEntry({ parentId, spiffeId, selectors });
      const open = (id: string): Promise<X509Source> =>
        X509Source.open({
          endpoint: deployment.endpoint(),
          pick: (svids) => svids.find((svid) => svid.id.uri === id),
          signal: AbortSignal.timeout(30_000),
        });
      await until(
        async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).stdout.includes(ORDERS),
        30_000,
        'both SVIDs',
      );
      const [shop, orders] = await Promise.all([open(SHOP), open(ORDERS)]);
      await until(() => Promise.resolve(hasSvid(shop) && hasSvid(orders)), 30_000, 'both SVIDs');
      const server = mtlsServer(orders, { authorize: SHOP }, createServer);
      const reasons: unknown[] = [];
      const noteReason = (error: Error): void => void reasons.push(error);
      server.on('secureConnection', (socket) => socket.on('error', noteReason).write('hello'));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const socket = mtlsConnect(shop, { authorize: ORDERS }, { host: '127.0.0.1', port });
      await once(socket, 'data');
      const cutAt = new Promise<number>((resolve) => {
        socket.on('error', noteReason).once('close', () => resolve(performance.now()));
      });
      const agent = deployment.agent;
      const answer = await deployment.mustCli(...command(parentId));
      const answeredAt = performance.now();
      expect((await cutAt) - answeredAt).toBeLessThan(CUT_WITHIN_MS);
      // Not for want of news: because it is known.
      expect(reasons).toContainEqual(expect.objectContaining({ code: 'ERR_SVID_REVOKED' }));
      if (answer.includes('Told:')) expect(answer).toContain('Told: 1 agent on 1 stream');
      // Nobody will say what is revoked from here on: that counts at once, not after some heartbeats.
      await until(() => Promise.resolve(shop.revocations.isStale), CUT_WITHIN_MS, 'the end of freshness');
      await until(() => Promise.resolve(!agent.running), WITHIN_MS, 'the end of the agent');
      for (const source of [shop, orders]) source.close();
      server.close();
    },
    120_000,
  );
});

function hasSvid(source: X509Source): boolean {
  try {
    return source.svid.leaf.serialHex !== '';
  } catch {
    return false;
  }
}

function hasOther(source: X509Source, serial: string): boolean {
  return hasSvid(source) && source.svid.leaf.serialHex !== serial;
}

function claimsOf(token: string): { readonly jti: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string };
}

function isRefused(validate: () => unknown): boolean {
  try {
    validate();
    return false;
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_SVID_REVOKED';
  }
}
