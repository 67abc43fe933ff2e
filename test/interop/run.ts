// Runs programs in other languages, each with its own SPIFFE library, against an agent, and counts their checks.
//
//   node test/interop/run.ts [--quick] [PEER ...]
//
// SPIRE_SERVER_BIN and SPIRE_AGENT_BIN add runs in which one side is a real SPIRE: each half of Signet is held
// against the other half of SPIRE.
import { Deployment } from '../kit/deployment.ts';
import { type Command, runCommand } from '../kit/program.ts';
import { PEERS, type Peer } from './peer.ts';
import { Score } from './score.ts';
import { runStatusLists } from './sd-jwt/status-lists.ts';
import { compareServerCli } from './spire/cli-compare.ts';
import { runLifecycle } from './spire/lifecycle.ts';

const SPIFFE_ID = 'spiffe://example.org/peer';
const PATIENCE = '60s';

const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const score = new Score();

const peers = PEERS.filter(({ name, slow }) =>
  wanted.length === 0 ? !(quick && slow) : wanted.includes(name),
);
await against('Signet', {}, peers);
if (wanted.length === 0 || wanted.includes('sd-jwt')) {
  score.heading('@sd-jwt/jwt-status-list and jose / Signet');
  await runStatusLists(score).catch((error: unknown) => score.fail('status lists', String(error)));
}
const spireServer = process.env['SPIRE_SERVER_BIN'];
const spireAgent = process.env['SPIRE_AGENT_BIN'];
if (wanted.length === 0 || wanted.includes('spire')) {
  await lifecycle('spire-agent against the Signet server', 'SPIRE_AGENT_BIN', spireAgent, (bin) => ({
    agent: [bin],
  }));
  await lifecycle('Signet agent against spire-server', 'SPIRE_SERVER_BIN', spireServer, (bin) => ({
    server: [bin],
  }));
}
if (wanted.length === 0 || wanted.includes('cli')) {
  const title = 'commands of signet-server and spire-server';
  score.heading(title);
  if (spireServer === undefined) score.skip(title, 'SPIRE_SERVER_BIN is not set');
  else await compareServerCli(spireServer, score);
}
score.print();
process.exitCode = score.failed === 0 ? 0 : 1;

async function against(
  name: string,
  programs: { server?: Command; agent?: Command },
  list: readonly Peer[],
): Promise<void> {
  if (list.length === 0) return;
  await using deployment = await Deployment.start(programs);
  const parentId = await deployment.startAgent();
  const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
  await deployment.createEntry({ parentId, spiffeId: SPIFFE_ID, selectors, more: ['-x509SVIDTTL', '20'] });
  for (const peer of list) await runPeer(`${peer.name} / ${name}`, peer, deployment);
}

async function runPeer(title: string, peer: Peer, deployment: Deployment): Promise<void> {
  score.heading(title);
  try {
    const command = await peer.prepare();
    if ('skip' in command) {
      score.skip(title, command.skip);
      return;
    }
    const env = { ...process.env, SPIFFE_ENDPOINT_SOCKET: deployment.endpoint() };
    const { code, stdout, stderr } = await runCommand(command, [SPIFFE_ID, PATIENCE], {
      env,
      timeoutMs: 180_000,
    });
    score.read(stdout);
    if (code !== 0 && !stdout.includes('not ok'))
      score.fail('the program ends well', `exit code ${code}: ${stderr}`);
  } catch (error) {
    score.fail('the program runs', String(error));
  }
}

async function lifecycle(
  title: string,
  variable: string,
  binary: string | undefined,
  programs: (binary: string) => { server?: Command; agent?: Command },
): Promise<void> {
  score.heading(title);
  if (binary === undefined) score.skip(title, `${variable} is not set`);
  else await runLifecycle(programs(binary), score);
}
