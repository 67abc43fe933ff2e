import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodePem } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { figure, timesText } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { NodeCa } from '../kit/node-certificate.ts';
import { runCommand, SIGNET_AGENT } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { TestCa } from '../kit/test-ca.ts';
import { fetchOnce, type WatchedUpdate, WorkloadWatcher } from '../kit/workload-watcher.ts';

const USER = `unix:uid:${process.getuid?.() ?? 0}`;
const EU = 'spiffe://example.org/cluster/eu';
const US = 'spiffe://example.org/cluster/us';
const ROUNDS = 2;
const MANY = 512;
/** First of the user IDs that the many entries are for. */
const MANY_UIDS_FROM = 20_000;
/** Only root can become the users that entries are for. */
const asRoot = process.getuid?.() === 0 ? it : it.skip;

const ids = ({ svids }: WatchedUpdate): readonly string[] => svids.map(({ spiffeId }) => spiffeId).toSorted();
const has =
  (...names: readonly string[]) =>
  (update: WatchedUpdate): boolean =>
    names.every((name) => ids(update).includes(`spiffe://example.org/${name}`));

describe('registration entries', () => {
  let deployment: Deployment;
  let folder: string;
  let api: ServerApi;
  let watcher: WorkloadWatcher;

  const register = (name: string, more: readonly string[] = [], parentId = EU): Promise<string> =>
    deployment.createEntry({ parentId, spiffeId: `spiffe://example.org/${name}`, selectors: [USER], more });
  const remove = (id: string): Promise<unknown> =>
    callUnary(api.entry, api.entry.BatchDeleteEntry, { ids: [id] });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-nodes-'));
    const nodes = await NodeCa.create(folder);
    deployment = await Deployment.start({
      discoverWorkloadPath: false,
      serverPlugins: nodes.serverStanza,
      serverSettings: 'audit_log_enabled = true\n ratelimit { attestation = false }',
      logLevel: 'INFO',
    });
    api = ServerApi.local(deployment.serverSocket);
    for (const cluster of ['eu', 'us']) {
      await deployment.prepareAgent(cluster, {
        nodeAttestor: await nodes.admit(cluster, [`x509pop://example.org/cluster/${cluster}`]),
      });
      const alias = ['-spiffeID', `spiffe://example.org/cluster/${cluster}`];
      await deployment.mustCli(
        'entry',
        'create',
        '-node',
        ...alias,
        '-selector',
        `x509pop:san:cluster:${cluster}`,
      );
      await deployment.restartAgent(cluster);
    }
    await register('base');
    await register('elsewhere', [], US);
    await Promise.all([served('eu', 'base'), served('us', 'elsewhere')]);
    watcher = new WorkloadWatcher(deployment.agentSocket('eu'));
    await watcher.until(() => true);
  }, 180_000);

  afterAll(async () => {
    watcher[Symbol.dispose]();
    api[Symbol.dispose]();
    await deployment[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }, 30_000);

  /** Waits until an agent's workload gets an identity; before its first one it is refused. */
  const served = async (agent: string, name: string): Promise<WatchedUpdate> => {
    for (const endMs = performance.now() + 60_000; ;) {
      const update = await fetchOnce(deployment.agentSocket(agent)).catch(() => undefined);
      if (update !== undefined && has(name)(update)) return update;
      if (performance.now() > endMs) throw new Error(`${name} was not served`);
    }
  };

  it('below the alias of nodes reach those nodes and no other (#2)', async () => {
    await register('marker', [], US);
    await register('for-eu');
    await watcher.until(has('base', 'for-eu'));
    await served('us', 'marker');
    expect(ids(await fetchOnce(deployment.agentSocket('us')))).toEqual([
      'spiffe://example.org/elsewhere',
      'spiffe://example.org/marker',
    ]);
  }, 90_000);

  it('created, changed and deleted reach the stream of the workload', async () => {
    const times = { create: [] as number[], update: [] as number[], delete: [] as number[] };
    const measured = async (
      kind: keyof typeof times,
      act: () => Promise<unknown>,
      isSeen: (update: WatchedUpdate) => boolean,
    ): Promise<void> => {
      await act();
      const ackedMs = performance.now();
      await watcher.until(isSeen);
      times[kind].push(performance.now() - ackedMs);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const name = `round-${round}`;
      let id = '';
      await measured('create', async () => (id = await register(name)), has(name));
      const renamed = { id, spiffe_id: { trust_domain: 'example.org', path: `/${name}-new` } };
      const change = { entries: [renamed], input_mask: { spiffe_id: true } };
      await measured(
        'update',
        () => callUnary(api.entry, api.entry.BatchUpdateEntry, change),
        has(`${name}-new`),
      );
      expect(has(name)(watcher.last as WatchedUpdate)).toBe(false);
      await measured(
        'delete',
        () => remove(id),
        (update) => !has(`${name}-new`)(update),
      );
    }
    for (const [kind, values] of Object.entries(times))
      figure(`${kind}, from answer to stream: ${timesText(values)}`);
    expect(Math.max(...Object.values(times).flat())).toBeLessThan(30_000);
  }, 200_000);

  it('put their DNS names into the SVID', async () => {
    await register('named', ['-dns', 'a.example.org', '-dns', 'b.example.org']);
    const { svids } = await watcher.until(has('named'));
    const named = svids.find(({ spiffeId }) => spiffeId.endsWith('/named'));
    expect(named?.leaf.dnsSans).toEqual(['a.example.org', 'b.example.org']);
    const { stdout } = await runCommand(
      ['openssl'],
      ['x509', '-noout', '-subject', '-ext', 'subjectAltName'],
      {
        input: named?.chainPem ?? '',
      },
    );
    expect(stdout).toContain('DNS:a.example.org, DNS:b.example.org, URI:spiffe://example.org/named');
    expect(stdout).toMatch(/CN ?= ?a\.example\.org/);
  }, 60_000);

  it('that federate bring the other bundle, its changes, and no bundle that nobody federates with', async () => {
    const [first, second] = [await TestCa.create('other.org'), await TestCa.create('other.org')];
    const pem = (ca: TestCa): string => encodePem('CERTIFICATE', ca.der);
    const setBundle = async (text: string): Promise<void> => {
      const file = join(deployment.folder, 'other.pem');
      await writeFile(file, text);
      await deployment.mustCli('bundle', 'set', '-id', 'spiffe://other.org', '-path', file);
    };
    await setBundle(pem(first));
    expect(watcher.last?.federatedPem.size).toBe(0);
    const id = await register('federated', ['-federatesWith', 'spiffe://other.org']);
    const update = await watcher.until(({ federatedPem }) => federatedPem.size > 0);
    expect([...update.federatedPem]).toEqual([['spiffe://other.org', pem(first)]]);
    await setBundle(pem(second));
    await watcher.until(({ federatedPem }) => federatedPem.get('spiffe://other.org') === pem(second), 60_000);
    await remove(id);
    await watcher.until(({ federatedPem }) => federatedPem.size === 0);
  }, 200_000);

  it('with one hint are served once: the oldest, and after it the next', async () => {
    const oldest = await register('hinted-1', ['-hint', 'web']);
    await watcher.until(has('hinted-1'));
    // The age of an entry counts in whole seconds.
    await sleep(1_100);
    await register('hinted-2', ['-hint', 'web']);
    await register('after');
    const update = await watcher.until(has('after'));
    expect(update.svids.filter(({ hint }) => hint === 'web').map(({ spiffeId }) => spiffeId)).toEqual([
      'spiffe://example.org/hinted-1',
    ]);
    await remove(oldest);
    const later = await watcher.until(has('hinted-2'));
    expect(later.svids.filter(({ hint }) => hint === 'web')).toHaveLength(1);
  }, 120_000);

  it(`${MANY} from standard input reach their workloads, and can be changed and deleted (#4)`, async () => {
    const entries = Array.from({ length: MANY }, (_, i) => ({
      parent_id: EU,
      spiffe_id: `spiffe://example.org/many/${i}`,
      selectors: [
        i === MANY - 1
          ? { type: 'unix', value: USER.slice(5) }
          : { type: 'unix', value: `uid:${MANY_UIDS_FROM + i}` },
      ],
    }));
    const created = await deployment.cliWithInput(
      JSON.stringify({ entries }),
      'entry',
      'create',
      '-data',
      '-',
      '-output',
      'json',
    );
    const { results } = JSON.parse(created.stdout) as {
      results: { status: { code: number }; entry: { id: string } }[];
    };
    expect(results.map((result) => result.status.code)).toEqual(entries.map(() => status.OK));
    const startMs = performance.now();
    await watcher.until(has(`many/${MANY - 1}`), 120_000);
    figure(
      `${MANY} entries, from the end of the command to the last one served: ${timesText([performance.now() - startMs])}`,
    );
    expect(deployment.server.output).toContain('SyncAuthorizedEntries');

    const last = results.at(-1)?.entry.id ?? '';
    const change = { entries: [{ id: last, hint: 'last' }], input_mask: { hint: true } };
    await callUnary(api.entry, api.entry.BatchUpdateEntry, change);
    await watcher.until(({ svids }) => svids.some(({ hint }) => hint === 'last'));
    await remove(last);
    await watcher.until((update) => !has(`many/${MANY - 1}`)(update));
  }, 300_000);

  asRoot(
    'of many, a user gets its own only',
    async () => {
      const uid = MANY_UIDS_FROM + 123;
      const flags = ['api', 'fetch', 'x509', '-socketPath', deployment.agentSocket('eu')];
      const { stdout } = await runCommand(SIGNET_AGENT, flags, { uid, gid: uid });
      expect(stdout.match(/spiffe:\/\/\S+/g)).toEqual(['spiffe://example.org/many/123']);
      const stranger = await runCommand(SIGNET_AGENT, flags, {
        uid: MANY_UIDS_FROM - 1,
        gid: MANY_UIDS_FROM - 1,
      });
      expect(stranger.code).toBe(1);
      expect(stranger.stderr).toContain('no identity issued');
    },
    60_000,
  );
});
