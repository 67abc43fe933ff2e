import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodePem, parseCertificate } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { type ChainToVerify, opensslRefusal } from '../kit/openssl.ts';
import { until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { testCsr } from '../kit/test-csr.ts';
import { fetchOnce, type WatchedUpdate, WorkloadWatcher } from '../kit/workload-watcher.ts';

/** Lifetime of the agent's authorities: the next one is made at half of it, and takes over at five sixths. */
const CA_TTL_MS = 48_000;
/** Of the server that nobody but this test uses: shorter, for more rotations in the same time. */
const QUICK_CA_TTL_MS = 18_000;

/** An SVID with the bundle that was current when it was fetched. */
interface Sample extends ChainToVerify {
  readonly authorityKeyId: string;
}

describe('authorities rotate while everything goes on', () => {
  const ended = new AbortController();
  const minted: Sample[] = [];
  const fetched: WatchedUpdate[] = [];
  const agentSerials = new Set<string>();
  const failures: unknown[] = [];
  let quick: Deployment;
  let deployment: Deployment;
  let watcher: WorkloadWatcher;
  let authoritiesBeforeRestart: string;
  let authoritiesAfterRestart: string;

  beforeAll(async () => {
    [quick, deployment] = await Promise.all([
      Deployment.start({ serverSettings: `ca_ttl = "${QUICK_CA_TTL_MS}ms"\n default_x509_svid_ttl = "5s"` }),
      Deployment.start({
        serverSettings: `ca_ttl = "${CA_TTL_MS}ms"\n default_x509_svid_ttl = "12s"\n agent_ttl = "26s"`,
        discoverWorkloadPath: false,
      }),
    ]);
    const startedMs = performance.now();
    const elapsed = (share: number): Promise<void> =>
      until(
        () => performance.now() - startedMs > CA_TTL_MS * share,
        CA_TTL_MS,
        'the time to pass',
        ended.signal,
      );
    const parentId = await deployment.startAgent();
    const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
    await deployment.createEntry({ parentId, spiffeId: 'spiffe://example.org/workload', selectors });
    await until(
      () =>
        fetchOnce(deployment.agentSocket()).then(
          () => true,
          () => false,
        ),
      30_000,
      'the first SVID',
    );
    watcher = new WorkloadWatcher(deployment.agentSocket());
    const sampling = [
      repeatedly(() => mint(quick)),
      repeatedly(async () => void fetched.push(await fetchOnce(deployment.agentSocket()))),
      repeatedly(() => noteAgentSerial(parentId)),
    ];
    await elapsed(0.6);
    authoritiesBeforeRestart = await deployment.mustCli('bundle', 'show');
    await deployment.server.stop();
    await deployment.startServer();
    authoritiesAfterRestart = await deployment.mustCli('bundle', 'show');
    await elapsed(1.1);
    ended.abort();
    await Promise.all(sampling);
  }, 180_000);

  afterAll(async () => {
    ended.abort();
    watcher[Symbol.dispose]();
    await Promise.all([quick[Symbol.asyncDispose](), deployment[Symbol.asyncDispose]()]);
  }, 30_000);

  /** Does something about twice a second until the watching has ended. */
  const repeatedly = async (act: () => Promise<void>): Promise<void> => {
    while (!ended.signal.aborted) {
      await act().catch((error: unknown) => failures.push(error));
      const nextAt = performance.now() + 500;
      await until(() => ended.signal.aborted || performance.now() > nextAt, 2_000);
    }
  };

  const mint = async (server: Deployment): Promise<void> => {
    using api = ServerApi.local(server.serverSocket);
    const { der: csr } = testCsr({ uri: 'spiffe://example.org/minted' });
    const [{ svid }, rootsPem] = await Promise.all([
      callUnary(api.svid, api.svid.MintX509SVID, { csr }),
      api.rootsPem(),
    ]);
    const chain = svid?.cert_chain ?? [];
    minted.push({
      chainPem: chain.map((der) => encodePem('CERTIFICATE', der)).join(''),
      rootsPem,
      atMs: Date.now(),
      authorityKeyId: authorityOf(parseCertificate(chain[0] as Uint8Array)),
    });
  };

  const noteAgentSerial = async (id: string): Promise<void> => {
    using api = ServerApi.local(deployment.serverSocket);
    const path = id.slice(`spiffe://${deployment.trustDomain}`.length);
    const request = { id: { trust_domain: deployment.trustDomain, path } };
    // Nobody answers while the server restarts.
    const agent = await callUnary(api.agent, api.agent.GetAgent, request).catch(() => undefined);
    if (agent !== undefined) agentSerials.add(agent.x509svid_serial_number);
  };

  it('every SVID minted verifies against the bundle of that moment, over several authorities (X509, R10)', async () => {
    const authorities = new Set(minted.map(({ authorityKeyId }) => authorityKeyId));
    figure(`${minted.length} SVIDs minted by ${authorities.size} authorities`);
    expect(authorities.size).toBeGreaterThanOrEqual(3);
    expect(await refusalsOf(minted)).toEqual([]);
  }, 60_000);

  it('nothing failed meanwhile', () => {
    const told = failures.length === 0 ? '' : deployment.agent.output.slice(-4_000);
    expect({ failures, told }).toEqual({ failures: [], told: '' });
  });

  it('the workload was sent each rotation on its one stream', async () => {
    const updates = watcher.updates;
    const authorities = new Set(updates.map(({ svids }) => authorityOf(leafOf(svids))));
    figure(`${updates.length} updates on the stream, of ${authorities.size} authorities`);
    expect(watcher.error).toBeUndefined();
    expect(authorities.size).toBeGreaterThanOrEqual(2);
    expect(updates.length).toBeGreaterThanOrEqual(4);
    expect(updates.every(({ svids }) => svids.length === 1)).toBe(true);
    expect(await refusalsOf(updates.map((update) => chainOf(update, update)))).toEqual([]);
  }, 60_000);

  it('an SVID is never of an authority that a peer with the bundle before does not know (T10)', async () => {
    const { updates } = watcher;
    const chains = updates.slice(1).map((update, i) => chainOf(update, updates[i] as WatchedUpdate));
    expect(await refusalsOf(chains)).toEqual([]);
  }, 60_000);

  it('who asked at any time got an SVID that was valid (R16: none expired)', () => {
    const left = fetched.map(({ svids, atMs }) => leafOf(svids).notAfter - atMs / 1000);
    figure(`${fetched.length} fetches, shortest life left ${Math.min(...left).toFixed(1)} s`);
    expect(Math.min(...left)).toBeGreaterThan(0);
  });

  it("the agent's own SVID was renewed, and the agent lives", () => {
    figure(`${agentSerials.size} SVIDs of the agent`);
    expect(agentSerials.size).toBeGreaterThanOrEqual(3);
    expect(deployment.agent.running).toBe(true);
    expect(deployment.agent.output.match(/Starting node attestation/g)).toHaveLength(1);
  });

  it('a restart of the server changed no authority', () => {
    expect(authoritiesAfterRestart).toBe(authoritiesBeforeRestart);
    expect(authoritiesBeforeRestart.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });
});

/** A message's chain, with the bundle of a message. */
function chainOf({ svids, atMs }: WatchedUpdate, other: WatchedUpdate): ChainToVerify {
  return { chainPem: svids[0]?.chainPem ?? '', rootsPem: other.svids[0]?.bundlePem ?? '', atMs };
}

async function refusalsOf(chains: readonly ChainToVerify[]): Promise<readonly string[]> {
  const refusals = await Promise.all(chains.map(opensslRefusal));
  return refusals.filter((refusal) => refusal !== '');
}

function leafOf(svids: WatchedUpdate['svids']): WatchedUpdate['svids'][number]['leaf'] {
  const [svid] = svids;
  if (svid === undefined) throw new Error('an update without an SVID');
  return svid.leaf;
}

function authorityOf({ authorityKeyId }: { readonly authorityKeyId?: Uint8Array }): string {
  return Buffer.from(authorityKeyId ?? []).toString('hex');
}
