import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  JwtSource,
  mtlsConnect,
  mtlsServer,
  peerTaskId,
  WorkloadApiClient,
  type WorkloadApiError,
  X509Source,
} from '@signet/client';
import { Deployment } from '../kit/deployment.ts';
import { until } from '../kit/program.ts';

const SHOP = 'spiffe://example.org/shop';
const ORDERS = 'spiffe://example.org/orders';
const CHILD = fileURLToPath(new URL('../kit/tell-task.ts', import.meta.url));

describe('tasks by @signet/client, with a real agent', () => {
  let deployment: Deployment;
  let client: WorkloadApiClient;
  let orders: X509Source;
  let server: Server;
  let port: number;

  beforeAll(async () => {
    deployment = await Deployment.start({ discoverWorkloadPath: false });
    const parentId = await deployment.startAgent();
    const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
    for (const spiffeId of [SHOP, ORDERS]) await deployment.createEntry({ parentId, spiffeId, selectors });
    client = new WorkloadApiClient({ endpoint: deployment.endpoint() });
    await until(
      async () => (await client.fetchX509Context().catch(() => undefined))?.svids.length === 2,
      30_000,
      'both SVIDs',
    );
    orders = await X509Source.open({
      endpoint: deployment.endpoint(),
      pick: (svids) => svids.find((svid) => svid.id.uri === ORDERS),
    });
    server = mtlsServer(orders, { authorize: SHOP }, createServer);
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined).write(peerTaskId(socket) ?? 'no task');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  }, 120_000);

  afterAll(async () => {
    server.close();
    orders.close();
    client.close();
    await deployment[Symbol.asyncDispose]();
  });

  const begin = (more: object = {}): ReturnType<WorkloadApiClient['beginTask']> =>
    client.beginTask({ purpose: 'test', spiffeId: SHOP, ttl: 600, ...more });
  const connect = (source: X509Source): TLSSocket =>
    mtlsConnect(source, { authorize: { memberOf: 'example.org' } }, { host: '127.0.0.1', port });

  it('servers see the task of their caller; at its end connections are cut, and it has nothing more', async () => {
    const task = await begin();
    const source = await X509Source.open({ task });
    expect(source.svid.leaf).toMatchObject({ taskId: task.id });
    const socket = connect(source);
    expect(String((await once(socket, 'data'))[0])).toBe(task.id);
    const cut = once(socket, 'error');
    await task.end();
    expect((await cut)[0]).toMatchObject({ code: 'ERR_TASK_ENDED', details: { end: 'finished' } });
    expect(() => source.svid).toThrow(expect.objectContaining({ code: 'ERR_TASK_ENDED' }));
    await using late = new WorkloadApiClient({
      endpoint: deployment.endpoint(),
      // As if it were not over.
      task: { id: task.id, endpoint: task.endpoint, destinations: [], signal: new AbortController().signal },
    });
    await expect(late.fetchX509Context()).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  }, 60_000);

  it('tokens are of the task, for its audiences, and refused after its end by who has not been told by the task', async () => {
    await using verifier = await JwtSource.open({ endpoint: deployment.endpoint() });
    const task = await begin({ audience: 'a' });
    const tokens = await JwtSource.open({ task });
    const { token } = await tokens.fetch({ audience: 'a' });
    expect(verifier.validate(token, 'a').claims.get('task')).toBe(task.id);
    await expect(tokens.fetch({ audience: 'b' })).rejects.toMatchObject({ code: 'ERR_PERMISSION_DENIED' });
    await task.end();
    await until(
      () => {
        try {
          verifier.validate(token, 'a');
          return false;
        } catch (error) {
          return (error as WorkloadApiError).code === 'ERR_SVID_REVOKED';
        }
      },
      10_000,
      'its refusal',
    );
  }, 60_000);

  it('a budget that is spent ends the task, and the program hears why', async () => {
    const task = await begin({ budget: 1 });
    await using inTask = new WorkloadApiClient({ task });
    await inTask.fetchJwtSvids({ audience: 'a' });
    const ended = once(task.signal, 'abort', { signal: AbortSignal.timeout(10_000) });
    await expect(inTask.fetchJwtSvids({ audience: 'b' })).rejects.toThrow();
    await ended;
    expect(task.signal.reason).toMatchObject({ end: 'budgetSpent' });
  }, 60_000);

  it('destinations are the only ones to connect to', async () => {
    await using task = await begin({ destinations: ['spiffe://example.org/nobody'] });
    await using source = await X509Source.open({ task });
    const [error] = (await once(connect(source), 'error')) as [WorkloadApiError];
    expect(error.code).toBe('ERR_PERMISSION_DENIED');
  }, 60_000);

  it('processes that it starts act in the task of a tree, and other tasks are none of theirs', async () => {
    await using tree = await begin({ isProcessTree: true });
    await using alone = await begin();
    expect(await childIn(tree.endpoint)).toEqual([{ spiffeId: SHOP, taskId: tree.id }]);
    expect(await childIn(tree.endpoint, alone.id)).toBe('ERR_NOT_FOUND');
    expect(await childIn(deployment.endpoint(), alone.id)).toBe('ERR_NOT_FOUND');
  }, 60_000);
});

/** What a process gets that this one starts: its SVIDs with their tasks, or the code of the refusal. */
async function childIn(endpoint: string, taskId = ''): Promise<unknown> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, taskId], {
    env: { PATH: process.env['PATH'] ?? '', SPIFFE_ENDPOINT_SOCKET: endpoint },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(output);
}
