import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { freePort } from '../kit/free-port.ts';
import { until } from '../kit/program.ts';

const WORKLOAD = 'spiffe://example.org/workload';
const SELECTOR = `unix:uid:${process.getuid?.() ?? 0}`;

interface LedgerJson {
  readonly svids: readonly { readonly serial: string; readonly revocation: string }[];
}

/** What docs/recovery.md says, done by hand as it says. */
describe('docs/recovery.md', () => {
  let deployment: Deployment;
  let healthPort: number;
  let data: string;

  async function begin(): Promise<void> {
    healthPort = await freePort();
    deployment = await Deployment.start({
      serverBlocks: `health_checks { listener_enabled = true bind_address = "127.0.0.1" bind_port = "${healthPort}" }`,
    });
    data = join(deployment.folder, 'server', 'data');
  }

  async function readiness(): Promise<{ status: number; text: string }> {
    const response = await fetch(`http://127.0.0.1:${healthPort}/ready`);
    return { status: response.status, text: await response.text() };
  }

  const workload = (parentId: string, spiffeId = WORKLOAD): Promise<string> =>
    deployment.createEntry({ parentId, spiffeId, selectors: [SELECTOR] });

  /** What a workload gets from an agent, as the CLI prints it. */
  async function fetched(agent: string): Promise<string> {
    return (await deployment.agentCli(['api', 'fetch', 'x509'], agent)).stdout;
  }

  async function ledgerOf(spiffeId: string): Promise<LedgerJson['svids']> {
    const json = await deployment.mustCli('svid', 'list', '-spiffeID', spiffeId, '-output', 'json');
    return (JSON.parse(json) as LedgerJson).svids;
  }

  async function removeDatabase(): Promise<void> {
    for (const end of ['', '-wal', '-shm']) await rm(join(data, `datastore.sqlite3${end}`), { force: true });
  }

  async function bringBack(agent: string): Promise<string> {
    const token = await deployment.newToken();
    await deployment.restartAgent(agent, ['-joinTokenFile', await deployment.giveToken(agent, token)]);
    return deployment.joinTokenId(token);
  }

  describe('an older backup of the database', () => {
    beforeAll(begin, 60_000);
    afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

    it('restored as it says refuses what was revoked, and says what nobody knows of', async () => {
      const parentId = await deployment.startAgent('a');
      const banned = await deployment.startAgent('b');
      const entryId = await workload(parentId);
      await until(async () => (await fetched('a')).includes(WORKLOAD), 20_000, 'the SVID');
      await deployment.server.stop('SIGTERM');
      const backup = join(deployment.folder, 'backup.sqlite3');
      await cp(join(data, 'datastore.sqlite3'), backup);
      await deployment.startServer();

      await deployment.mustCli('entry', 'delete', '-entryID', entryId);
      await deployment.mustCli('agent', 'ban', '-spiffeID', banned);
      await workload(parentId, `${WORKLOAD}/later`);
      await until(async () => (await fetched('a')).includes('/later'), 20_000, 'the later SVID');
      const revoked = (await ledgerOf(WORKLOAD)).map(({ serial }) => serial);
      expect(revoked.length).toBeGreaterThan(0);
      // Each start notes how far the database is.
      await deployment.server.stop('SIGTERM');
      await deployment.startServer();
      await deployment.server.stop('SIGTERM');

      await removeDatabase();
      await cp(backup, join(data, 'datastore.sqlite3'));
      await deployment.startServer();

      const log = deployment.server.output;
      expect(log).toMatch(/The database lacked revocations; brought back from the journal.*count/);
      expect(log).toMatch(/The database lacks what was issued before/);
      expect(await readiness()).toMatchObject({
        status: 500,
        text: expect.stringContaining('-issuedBefore'),
      });
      // Revoked all the same; the entry, the agent and the place of the later entry are as in the backup.
      const again = await ledgerOf(WORKLOAD);
      expect(revoked.every((serial) => again.find((row) => row.serial === serial)?.revocation !== '0')).toBe(
        true,
      );
      expect(await deployment.mustCli('entry', 'show')).toContain(entryId);
      await deployment.mustCli('entry', 'delete', '-entryID', entryId);
      await deployment.mustCli('agent', 'ban', '-spiffeID', banned);

      await deployment.mustCli('svid', 'revoke', '-issuedBefore', 'now', '-comment', 'backup restored');
      await until(async () => (await readiness()).status === 200, 10_000, 'the end of the alarm');
      await until(
        () => Promise.resolve(!deployment.agentNamed('a').running),
        60_000,
        'the agent to give up its SVID',
      );
      const id = await bringBack('a');
      await workload(id, `${WORKLOAD}/anew`);
      await until(async () => (await fetched('a')).includes('/anew'), 30_000, 'a new SVID');
    }, 180_000);
  });

  describe('a lost database', () => {
    beforeAll(begin, 60_000);
    afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

    it('is begun anew as it says: agents come back, and what was revoked stays so', async () => {
      const parentId = await deployment.startAgent('a');
      const entryId = await workload(parentId);
      await until(async () => (await fetched('a')).includes(WORKLOAD), 20_000, 'the SVID');
      await deployment.mustCli('entry', 'delete', '-entryID', entryId);
      const held = await deployment.mustCli('revocation', 'list', '-output', 'json');
      const bundle = await deployment.mustCli('bundle', 'show');
      await deployment.server.stop('SIGTERM');
      await removeDatabase();

      const refused = await deployment.launchServer();
      await until(() => Promise.resolve(!refused.running), 20_000, 'the refusal');
      for (const name of ['datastore.sqlite3', 'keys.json', 'docs/recovery.md']) {
        expect(refused.output).toContain(join(name === 'docs/recovery.md' ? '' : data, name));
      }

      await rename(join(data, 'keys.json'), join(deployment.folder, 'keys-of-before.json'));
      await deployment.startServer();
      expect(await deployment.mustCli('bundle', 'show')).not.toBe(bundle);
      expect(await deployment.mustCli('revocation', 'list', '-output', 'json')).toBe(held);
      expect((await readiness()).status).toBe(500);
      await deployment.mustCli('svid', 'revoke', '-issuedBefore', 'now', '-comment', 'the database was lost');
      await until(async () => (await readiness()).status === 200, 10_000, 'the end of the alarm');

      // The agent of before goes on trying, and says why it cannot.
      const doubt = 'The bundle that the agent keeps does not vouch for the server';
      const before = deployment.agentNamed('a');
      await until(() => Promise.resolve(before.output.includes(doubt)), 30_000, 'the agent to say so');
      await before.stop();
      await rm(join(deployment.folder, 'a', 'data', 'agent-data.json'));
      await deployment.prepareAgent('a');
      const id = await bringBack('a');
      const entries = {
        entries: [
          { parent_id: id, spiffe_id: WORKLOAD, selectors: [{ type: 'unix', value: SELECTOR.slice(5) }] },
        ],
      };
      const file = join(deployment.folder, 'entries.json');
      await writeFile(file, JSON.stringify(entries));
      await deployment.mustCli('entry', 'create', '-data', file);
      await until(async () => (await fetched('a')).includes(WORKLOAD), 30_000, 'a new SVID');
      expect((await readiness()).status).toBe(200);
    }, 180_000);
  });
});
