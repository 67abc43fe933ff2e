import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClientReadableStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createClient,
  type SpiffeWorkloadAPIClient,
  workloadApiService,
  type WorkloadX509SVIDResponseOutput,
} from '@signet/api';
import { parseCertificateSequence } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { until } from '../kit/program.ts';

const SELECTORS = [`unix:uid:${process.getuid?.() ?? 0}`];

/** A workload that watches its X509-SVIDs. */
class Watcher {
  readonly messages: WorkloadX509SVIDResponseOutput[] = [];
  error: ServiceError | undefined;
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #call: ClientReadableStream<WorkloadX509SVIDResponseOutput>;

  constructor(socket: string) {
    this.#client = createClient(workloadApiService, `unix:${socket}`, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('workload.spiffe.io', 'true');
    this.#call = this.#client.FetchX509SVID({}, metadata);
    this.#call.on('data', (message: WorkloadX509SVIDResponseOutput) => this.messages.push(message));
    this.#call.on('error', (error: ServiceError) => (this.error = error));
  }

  /** Waits for the next message, or for the end. */
  async next(timeoutMs = 30_000): Promise<WorkloadX509SVIDResponseOutput> {
    await until(() => this.messages.length > 0 || this.error !== undefined, timeoutMs, 'a message');
    const message = this.messages.shift();
    if (message !== undefined) return message;
    throw this.error ?? new Error('the stream ended');
  }

  close(): void {
    this.#call.cancel();
    this.#client.close();
  }
}

function ids(message: WorkloadX509SVIDResponseOutput): readonly string[] {
  return message.svids.map((svid) => svid.spiffe_id);
}

function serials(message: WorkloadX509SVIDResponseOutput): readonly string[] {
  return message.svids.map((svid) => parseCertificateSequence(svid.x509_svid)[0]?.serialHex ?? '');
}

describe('the life of an agent', () => {
  let deployment: Deployment;
  let parentId: string;
  const watchers: Watcher[] = [];

  const watch = (): Watcher => {
    const watcher = new Watcher(deployment.agentSocket());
    watchers.push(watcher);
    return watcher;
  };
  const create = (name: string): Promise<string> =>
    deployment.createEntry({ parentId, spiffeId: `spiffe://example.org/${name}`, selectors: SELECTORS });
  const served = (): Promise<void> =>
    until(
      async () => (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0,
      30_000,
      'the workload to be served',
    );

  beforeEach(async () => {
    deployment = await Deployment.start({
      serverSettings: 'default_x509_svid_ttl = "24s"\nagent_ttl = "1h"',
    });
    parentId = await deployment.startAgent();
    await create('one');
    await served();
  }, 120_000);
  afterEach(async () => {
    for (const watcher of watchers.splice(0)) watcher.close();
    await deployment[Symbol.asyncDispose]();
  }, 30_000);

  it('a workload sees rotations, new entries and withdrawals, each as the whole state', async () => {
    const watcher = watch();
    const first = await watcher.next();
    expect(ids(first)).toEqual(['spiffe://example.org/one']);
    const rotated = await watcher.next();
    expect(ids(rotated)).toEqual(['spiffe://example.org/one']);
    expect(serials(rotated)).not.toEqual(serials(first));

    const two = await create('two');
    let message = await watcher.next();
    while (message.svids.length < 2) message = await watcher.next();
    expect([...ids(message)].sort()).toEqual(['spiffe://example.org/one', 'spiffe://example.org/two']);

    await deployment.mustCli('entry', 'delete', '-entryID', two);
    while (message.svids.length > 1) message = await watcher.next();
    expect(ids(message)).toEqual(['spiffe://example.org/one']);
  }, 120_000);

  it('goes on serving what is valid while the server is away, and catches up when it is back', async () => {
    await deployment.server.stop('SIGKILL');
    expect(ids(await watch().next())).toEqual(['spiffe://example.org/one']);
    await deployment.startServer();
    await create('late');
    const watcher = watch();
    await until(
      () => watcher.messages.some((message) => message.svids.length === 2),
      60_000,
      'the new entry to be served',
    );
  }, 120_000);

  it('comes back with the SVID that it had, and clients come back to it', async () => {
    const watcher = watch();
    await watcher.next();
    expect(await deployment.agent.stop()).toBe(0);
    await until(() => watcher.error !== undefined, 10_000, 'the stream to end');
    expect(watcher.error?.code).toBe(status.UNAVAILABLE);
    const agent = await deployment.restartAgent();
    expect(agent.output).toContain('SVID loaded');
    expect(agent.output).not.toContain('Starting node attestation');
    expect(ids(await watch().next())).toEqual(['spiffe://example.org/one']);
  }, 120_000);

  it('banned, it takes everything back, forgets its SVID and ends', async () => {
    const watcher = watch();
    await watcher.next();
    await deployment.mustCli('agent', 'ban', '-spiffeID', parentId);
    expect(await deployment.agent.exited).toBe(1);
    expect(watcher.error).toMatchObject({ code: status.PERMISSION_DENIED, details: 'no identity issued' });
    expect(deployment.agent.output).toContain('Agent is banned: removing SVID and shutting down');
    const data = await readFile(join(deployment.folder, 'agent', 'data', 'agent-data.json'), 'utf8');
    expect((JSON.parse(data) as { svid: unknown[] }).svid).toEqual([]);
  }, 120_000);

  it('tells a workload that is not registered so, and keeps selectors out of the log (T31)', async () => {
    const shown = await deployment.mustCli('entry', 'show', '-output', 'json');
    const [entry] = (JSON.parse(shown) as { entries: { id: string }[] }).entries;
    await deployment.mustCli('entry', 'delete', '-entryID', entry?.id ?? '');
    const watcher = watch();
    await until(() => watcher.error !== undefined, 30_000, 'the refusal');
    expect(watcher.error).toMatchObject({ code: status.PERMISSION_DENIED, details: 'no identity issued' });
    expect(deployment.agent.output).toContain('No identity issued');
    expect(deployment.agent.output).not.toContain('uid:');
  }, 120_000);
});
