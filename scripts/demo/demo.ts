// Shows the whole way in under a minute: a server, an agent, two workloads that speak mutual TLS while their SVIDs
// rotate, and a stranger that is refused; then a task whose credentials are stolen, and end with it. Exits 0 only when all
// of it was seen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from '../../test/kit/deployment.ts';
import { until } from '../../test/kit/program.ts';
import { Player } from './cast.ts';
import type { Answer, Report } from './tell.ts';

const ORDERS = 'spiffe://example.org/orders';
const SHOP = 'spiffe://example.org/shop';
const REPORT = 'spiffe://example.org/report';
const ROTATIONS = 2;
/** The promise is a second; other programs may have the machine meanwhile. */
const HANG_UP_MS = 5_000;
const started = performance.now();

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
try {
  await perform();
  say('All of it was seen. Nothing is left running.');
} catch (error) {
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function perform(): Promise<void> {
  say('Starting a server for the trust domain example.org: SQLite, keys on disk.');
  await using deployment = await Deployment.start({ serverSettings: 'ca_ttl = "1h"' });
  say('The server answers. Making a join token, and starting an agent that attests with it.');
  const agentId = await deployment.startAgent();
  say(`The agent is ${agentId.replace(/[^/]+$/, '<token>')}.`);

  const folder = join(deployment.folder, 'bin');
  mkdirSync(folder);
  await using orders = new Player(folder, 'orders');
  await using shop = new Player(folder, 'shop');
  await using stranger = new Player(folder, 'stranger');
  const short = ['-x509SVIDTTL', '10'];
  await register(deployment, agentId, { spiffeId: ORDERS, path: orders.path, more: short });
  await register(deployment, agentId, { spiffeId: SHOP, path: shop.path, more: short });
  say('Their SVIDs live 10 s.');

  orders.start(deployment.endpoint(), [SHOP, REPORT], hear('orders'));
  const listening = await heard(orders, 'listening');
  shop.start(deployment.endpoint(), [ORDERS, String(listening.port)], hear('shop'));
  stranger.start(deployment.endpoint(), [], hear('stranger'));

  await until(
    () => orders.serials > ROTATIONS && shop.serials > ROTATIONS,
    45_000,
    'two rotations',
    abort.signal,
  );
  await untilAnswered(shop);
  await heard(stranger, 'refused');
  const trouble = [...orders.reports, ...shop.reports].find(
    ({ event }) => event === 'dropped' || event === 'failed',
  );
  if (trouble !== undefined) throw new Error(`a connection did not hold: ${JSON.stringify(trouble)}`);
  const answers = shop.reports.filter(({ event }) => event === 'answer').length;
  say(
    `${answers} requests answered over mutual TLS 1.3 across ${shop.serials - 1} rotations of the client and`,
  );
  say(`${orders.serials - 1} of the server; the connection that was opened first is still the same.`);
  await performTask(deployment, agentId, { folder, orders, port: listening.port });
}

/** The second act: a task ends in mid-connection, and the peer hangs up on whoever has its credentials. */
async function performTask(
  deployment: Deployment,
  agentId: string,
  { folder, orders, port }: { readonly folder: string; readonly orders: Player; readonly port: number },
): Promise<void> {
  await using report = new Player(folder, 'report');
  await using thief = new Player(folder, 'thief');
  await register(deployment, agentId, { spiffeId: REPORT, path: report.path, more: ['-taskOnly'] });
  say('It gets SVIDs in tasks only, which end with them.');
  const loot = join(deployment.folder, 'loot.json');
  report.start(deployment.endpoint(), [loot], hear('report'));
  const { id } = await heard(report, 'task');
  thief.start('', [String(port), loot], hear('thief'));
  const { caller, task } = await heard(thief, 'answer');
  if (caller !== REPORT || task !== id) throw new Error('the server does not know what task it answers');
  say('Killing report, in the middle of its work, as nothing can be cleaned up after.');
  const killed = performance.now();
  report.kill();
  const { task: ended } = await heard(orders, 'hung-up');
  const within = Math.round(performance.now() - killed);
  await heard(thief, 'refused');
  if (ended !== id) throw new Error('the server hung up on another task');
  if (within > HANG_UP_MS) throw new Error(`the server hung up after ${within} ms only`);
  say(
    `The stolen SVID was worth nothing within ${within} ms of the end of its task, though it had not expired.`,
  );
}

async function register(
  deployment: Deployment,
  parentId: string,
  { spiffeId, path, more }: { readonly spiffeId: string; readonly path: string; readonly more: string[] },
): Promise<void> {
  const selectors = [`unix:uid:${process.getuid?.() ?? 0}`, `unix:path:${path}`];
  await deployment.createEntry({ parentId, spiffeId, selectors, more });
  say(`Registered ${spiffeId} for processes with ${selectors.join(' and ')}.`);
}

/** A new SVID must have been used on a new connection too. */
async function untilAnswered(shop: Player): Promise<void> {
  const before = shop.reports.length;
  await until(
    () =>
      shop.reports.slice(before).some((report) => report.event === 'answer' && report.connection === 'fresh'),
    5_000,
    'a request after the last rotation',
    abort.signal,
  );
}

async function heard<Event extends Report['event']>(
  player: Player,
  event: Event,
): Promise<Extract<Report, { event: Event }>> {
  const find = (): Report | undefined => player.reports.find((report) => report.event === event);
  await until(() => find() !== undefined, 20_000, `"${event}"`, abort.signal);
  return find() as Extract<Report, { event: Event }>;
}

function hear(name: string): (report: Report) => void {
  let serial: string | undefined;
  let answered = false;
  return (report) => {
    switch (report.event) {
      case 'identity':
        if (report.serial !== serial) {
          const news = serial === undefined ? `is ${report.id}, with` : 'rotated to';
          say(`${name}: ${news} SVID ${report.serial.slice(0, 8)}…`);
        }
        serial = report.serial;
        break;
      case 'answer':
        if (!answered) say(`${name}: answered by ${ORDERS}, which knows its caller as ${callerOf(report)}.`);
        answered = true;
        break;
      case 'refused':
        say(`${name}: refused, as it should be: ${report.reason} (${report.code}).`);
        break;
      case 'task':
        say(`${name}: began task ${report.id}. Its SVID and key are stolen.`);
        break;
      case 'hung-up':
        say(`${name}: hung up on task ${report.task}: ${report.reason} (${report.code}).`);
        break;
      case 'dropped':
        say(`${name}: cut off.`);
        break;
      case 'failed':
      case 'accepted':
        say(`${name}: ${JSON.stringify(report)}`);
        break;
      case 'listening':
        break;
    }
  };
}

function callerOf({ caller = 'nobody', task }: Answer): string {
  return task === undefined ? caller : `${caller} in task ${task}`;
}

function say(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${text}`);
}
