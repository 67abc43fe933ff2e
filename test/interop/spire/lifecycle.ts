import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { Deployment, type DeploymentOptions } from '../../kit/deployment.ts';
import { until } from '../../kit/program.ts';
import type { Score } from '../score.ts';

const SPIFFE_ID = 'spiffe://example.org/lifecycle';

/** Attest, sync, fetch, rotate, entry deleted, agent banned: the life of an agent, seen from the command line. */
export async function runLifecycle(programs: DeploymentOptions, score: Score): Promise<void> {
  await using deployment = await Deployment.start(programs).catch((error: unknown) => {
    score.fail('the server starts', String(error));
    return undefined;
  });
  if (deployment === undefined) return;
  let agentId = '';
  await score.check('the agent attests with a join token', async () => {
    agentId = await deployment.startAgent();
  });
  if (agentId === '') return;
  await score.check('the server lists the agent', async () => {
    if (!(await deployment.mustCli('agent', 'list')).includes(agentId))
      throw new Error('it is not in the list');
  });
  const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
  const entry = await deployment.createEntry({
    parentId: agentId,
    spiffeId: SPIFFE_ID,
    selectors,
    more: ['-x509SVIDTTL', '16'],
  });
  await score.check('a workload fetches its X.509-SVID', () =>
    until(() => fetches(deployment), 30_000, 'an SVID'),
  );
  await score.check('the X.509-SVID rotates', async () => {
    const first = await serial(deployment);
    await until(async () => (await serial(deployment)) !== first, 60_000, 'another serial');
  });
  await score.check('a workload fetches a JWT-SVID', async () => {
    const { code, stdout, stderr } = await deployment.agentCli([
      'api',
      'fetch',
      'jwt',
      '-audience',
      'orders',
    ]);
    if (code !== 0 || !stdout.includes(SPIFFE_ID)) throw new Error(stdout + stderr);
  });
  await score.check('the workload loses its SVID when the entry is deleted', async () => {
    await deployment.mustCli('entry', 'delete', '-entryID', entry);
    await until(async () => !(await fetches(deployment)), 30_000, 'the SVID to go');
  });
  await score.check('a banned agent stops', async () => {
    await deployment.mustCli('agent', 'ban', '-spiffeID', agentId);
    await until(() => !deployment.agent.running, 60_000, 'the agent to end');
  });
}

async function fetches(deployment: Deployment): Promise<boolean> {
  return (await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0;
}

async function serial(deployment: Deployment): Promise<string> {
  const folder = await mkdtemp(join(deployment.folder, 'fetched-'));
  const { code, stderr } = await deployment.agentCli(['api', 'fetch', 'x509', '-write', folder]);
  if (code !== 0) throw new Error(stderr);
  return new X509Certificate(await readFile(join(folder, 'svid.0.pem'))).serialNumber;
}
