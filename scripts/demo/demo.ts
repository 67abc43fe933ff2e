// Shows the whole way in under a minute: a server, an agent, two workloads that speak mutual TLS while their SVIDs
// rotate, and a stranger that is refused. Exits 0 only when all of it was seen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from '../../test/kit/deployment.ts';
import { until } from '../../test/kit/program.ts';
import { Player } from './cast.ts';
import type { Report } from './tell.ts';

const ORDERS = 'spiffe://example.org/orders';
const SHOP = 'spiffe://example.org/shop';
const ROTATIONS = 2;
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
  await register(deployment, agentId, ORDERS, orders.path);
  await register(deployment, agentId, SHOP, shop.path);

  orders.start(deployment.endpoint(), [SHOP], hear('orders'));
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
}

async function register(
  deployment: Deployment,
  parentId: string,
  spiffeId: string,
  path: string,
): Promise<void> {
  const selectors = [`unix:uid:${process.getuid?.() ?? 0}`, `unix:path:${path}`];
  await deployment.createEntry({ parentId, spiffeId, selectors, more: ['-x509SVIDTTL', '10'] });
  say(`Registered ${spiffeId} for processes with ${selectors.join(' and ')}; its SVIDs live 10 s.`);
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
  let serials = 0;
  let answered = false;
  return (report) => {
    switch (report.event) {
      case 'identity':
        say(
          `${name}: ${serials++ === 0 ? `is ${report.id}, with` : 'rotated to'} SVID ${report.serial.slice(0, 8)}…`,
        );
        break;
      case 'answer':
        if (!answered)
          say(`${name}: answered by ${ORDERS}, which knows its caller as ${report.caller ?? 'nobody'}.`);
        answered = true;
        break;
      case 'refused':
        say(`${name}: refused, as it should be: ${report.reason} (${report.code}).`);
        break;
      case 'failed':
      case 'dropped':
      case 'accepted':
        say(`${name}: ${JSON.stringify(report)}`);
        break;
      case 'listening':
        break;
    }
  };
}

function say(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${text}`);
}
