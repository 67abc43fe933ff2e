import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, Metadata } from '@grpc/grpc-js';
import {
  type AgentFeedClient,
  agentFeedService,
  type ConnectResponseOutput,
  createClient,
  type OperatorRevocationClient,
  revocationService,
} from '@signet/api';
import { parseCertificate, parseCrl } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { freePort } from '../kit/free-port.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { attest, identityOf, type TestIdentity } from '../kit/test-server.ts';
import { testCsr } from '../kit/test-csr.ts';

interface RevocationJson {
  readonly revocation: { readonly sequence: string };
  readonly actor: string;
}

const KILL_ROUNDS = 5;

describe('revocations outlive the restore of an older backup', () => {
  let deployment: Deployment;
  let statusPort: number;
  let healthPort: number;
  let data: string;
  const backup = (name: string): string => join(deployment.folder, `backup-${name}`);

  beforeAll(async () => {
    [statusPort, healthPort] = [await freePort(), await freePort()];
    deployment = await Deployment.start({
      serverBlocks: `
        status_listener { bind_port = ${statusPort} }
        health_checks { listener_enabled = true bind_address = "127.0.0.1" bind_port = "${healthPort}" }`,
    });
    data = join(deployment.folder, 'server', 'data');
  }, 60_000);
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  /** Mints an X509-SVID. @returns its serial number, hex. */
  async function mint(path: string): Promise<string> {
    using api = ServerApi.local(deployment.serverSocket);
    const { der: csr } = testCsr({ uri: `spiffe://example.org${path}` });
    const { svid } = await callUnary(api.svid, api.svid.MintX509SVID, { csr });
    return parseCertificate(svid?.cert_chain[0] ?? Buffer.of()).serialHex;
  }

  async function mintJwt(path: string): Promise<string> {
    const spiffeId = `spiffe://example.org${path}`;
    return (await deployment.mustCli('jwt', 'mint', '-spiffeID', spiffeId, '-audience', 'a')).trim();
  }

  async function recorded(): Promise<readonly RevocationJson[]> {
    const json = await deployment.mustCli('revocation', 'list', '-output', 'json');
    return (JSON.parse(json) as { revocations: RevocationJson[] }).revocations;
  }

  /** The serial numbers that the CRLs list. */
  async function listed(): Promise<readonly string[]> {
    using api = ServerApi.local(deployment.serverSocket);
    const pem = await api.rootsPem();
    const serials: string[] = [];
    for (const [, base64 = ''] of pem.matchAll(/CERTIFICATE-----([^-]+)/g)) {
      if (base64.trim() === '') continue;
      const { subjectKeyId } = parseCertificate(Buffer.from(base64, 'base64'));
      const id = Buffer.from(subjectKeyId ?? []).toString('hex');
      const response = await fetch(`http://127.0.0.1:${statusPort}/crls/${id}.crl`);
      if (response.ok) serials.push(...parseCrl(new Uint8Array(await response.arrayBuffer())).revoked.keys());
    }
    return serials;
  }

  async function restoreDatabase(): Promise<void> {
    for (const end of ['', '-wal', '-shm']) await rm(join(data, `datastore.sqlite3${end}`), { force: true });
    await cp(backup('database'), join(data, 'datastore.sqlite3'));
  }

  async function readiness(): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`http://127.0.0.1:${healthPort}/ready`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('of the database: nothing that was revoked comes back, and no sequence is given twice', async () => {
    const [byName, byRule, spared] = [await mint('/name'), await mint('/rule/a'), await mint('/other')];
    const token = await mintJwt('/name');
    await deployment.server.stop('SIGTERM');
    await cp(join(data, 'datastore.sqlite3'), backup('database'));
    await deployment.startServer();

    await deployment.mustCli('svid', 'revoke', '-serial', byName, '-reason', 'keyCompromise');
    await deployment.mustCli('svid', 'revoke', '-spiffeID', 'spiffe://example.org/rule', '-prefix');
    const shown = await deployment.cliWithInput(token, 'svid', 'revoke', '-token', '-');
    expect(shown.stdout).toMatch(/^Revoked: 0 X509-SVIDs, 1 JWT-SVID \(revocation \d+\)\n/);
    const before = await recorded();
    expect(before).toHaveLength(3);
    await until(async () => (await listed()).length === 2, 10_000, 'both serial numbers in the CRL');

    await deployment.server.stop('SIGKILL');
    await restoreDatabase();
    await deployment.startServer();

    expect(await recorded()).toEqual(before);
    expect(deployment.server.output).toMatch(
      /The database lacked revocations; brought back from the journal/,
    );
    expect([...(await listed())].sort()).toEqual([byName, byRule].sort());
    // What was issued since is in the ledger's journal.
    expect((await readiness()).status).toBe(200);
    await deployment.mustCli('svid', 'revoke', '-serial', spared);
    const sequences = (await recorded()).map(({ revocation }) => Number(revocation.sequence));
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(sequences).toHaveLength(4);
  }, 120_000);

  it('of the database, again and again, by a server that is killed while it revokes', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < KILL_ROUNDS; round++) {
      const serials = await Promise.all(Array.from({ length: 8 }, (_, i) => mint(`/kill/${round}/${i}`)));
      const killed = sleep(100 + Math.random() * 400).then(() => deployment.server.stop('SIGKILL'));
      const client = createClient<OperatorRevocationClient>(
        revocationService,
        `unix:${deployment.serverSocket}`,
        credentials.createInsecure(),
      );
      for (const serial of serials) {
        try {
          await callUnary(client, client.Revoke, { x509_svid: { serial } });
          acknowledged.push(serial);
        } catch {
          break;
        }
      }
      await killed;
      client.close();
      await restoreDatabase();
      await deployment.startServer();
      const now = await listed();
      expect(acknowledged.filter((serial) => !now.includes(serial))).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(KILL_ROUNDS);
    // What was issued in all but the last round is known to nobody.
    expect((await readiness()).status).toBe(500);
    expect(deployment.server.output).toMatch(/The database lacks what was issued before/);
    await deployment.mustCli('svid', 'revoke', '-issuedBefore', 'now');
    await until(async () => (await readiness()).status === 200, 10_000, 'the end of the alarm');
    await deployment.server.stop('SIGTERM');
    await deployment.startServer();
    expect((await readiness()).status).toBe(200);
    const sequences = (await recorded()).map(({ revocation }) => Number(revocation.sequence));
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  }, 240_000);

  it('of everything: one agent that knows more is a warning, two raise the alarm; revoking by time ends it', async () => {
    const lostSerial = await mint('/lost');
    await deployment.server.stop('SIGTERM');
    await cp(data, backup('data'), { recursive: true });
    await deployment.startServer();
    await deployment.mustCli('svid', 'revoke', '-serial', lostSerial);
    const agent = await attestAgent(deployment);
    const known = await firstOf(deployment, agent, {});
    const latest = Number(known.revocation);
    expect(latest).toBeGreaterThan(0);

    await deployment.server.stop('SIGKILL');
    await rm(data, { recursive: true });
    await cp(backup('data'), data, { recursive: true });
    await deployment.startServer();
    expect((await readiness()).status).toBe(200);
    const another = await attestAgent(deployment);
    const claim = { after_revocation: latest, datastore_id: known.datastore_id };
    // Not told to forget what it holds: the server knows less than the agent.
    expect(await firstOf(deployment, another, claim)).toMatchObject({ is_full_state: false });
    const state = async (): Promise<unknown> => (await readiness()).body['server.revocations'];
    await until(async () => JSON.stringify(await state()).includes('warning'), 10_000, 'the warning');
    expect((await readiness()).status).toBe(200);
    await firstOf(deployment, await attestAgent(deployment), claim);
    await until(async () => (await readiness()).status === 500, 10_000, 'the alarm');
    expect((await readiness()).body['server.revocations']).toMatchObject({
      problem: expect.stringContaining('svid revoke -issuedBefore'),
    });
    await deployment.server.stop('SIGKILL');
    await deployment.startServer();
    expect((await readiness()).status).toBe(500);

    const answer = await deployment.mustCli('svid', 'revoke', '-issuedBefore', 'now', '-output', 'json');
    expect(Number((JSON.parse(answer) as { revocation: string }).revocation)).toBeGreaterThan(latest);
    await until(async () => (await readiness()).status === 200, 5_000, 'the end of the alarm');
    expect(deployment.server.output).toContain('What was lost is made up for');
    expect(await listed()).toContain(lostSerial);
  }, 120_000);
});

/** Attests as an agent of its own, with a join token. */
async function attestAgent(deployment: Deployment): Promise<TestIdentity> {
  const token = await deployment.newToken();
  using local = ServerApi.local(deployment.serverSocket);
  const rootsPem = await local.rootsPem();
  using api = ServerApi.tls({ port: deployment.port, rootsPem, trustDomain: 'example.org' });
  const csr = testCsr();
  const { result } = await attest(api.agent, token, csr);
  return identityOf(
    `spiffe://example.org/spire/agent/join_token/${token}`,
    csr,
    result?.svid?.cert_chain ?? [],
  );
}

/** The first message that an agent gets on its feed. */
async function firstOf(
  deployment: Deployment,
  { chainPem, keyPem }: TestIdentity,
  request: object,
): Promise<ConnectResponseOutput> {
  using local = ServerApi.local(deployment.serverSocket);
  const tls = credentials.createSsl(
    Buffer.from(await local.rootsPem()),
    Buffer.from(keyPem),
    Buffer.from(chainPem),
    { checkServerIdentity: () => undefined },
  );
  const client = createClient<AgentFeedClient>(agentFeedService, `127.0.0.1:${deployment.port}`, tls);
  try {
    return await new Promise((resolve, reject) => {
      const stream = client.Connect(new Metadata());
      stream.on('data', (message: ConnectResponseOutput) => {
        resolve(message);
        stream.cancel();
      });
      stream.on('error', reject);
      stream.write(request);
    });
  } finally {
    client.close();
  }
}
