import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary, failureOf } from '../kit/grpc-call.ts';
import { IssueLoad } from '../kit/issue-load.ts';
import { runCommand, SIGNET_SERVER, until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { testCsr } from '../kit/test-csr.ts';

/** More than the default for a longer run: LEDGER_KILLS=50. */
const KILLS = Number(process.env['LEDGER_KILLS'] ?? 10);
const MINTERS = 8;
const SHORTEST_LOAD_MS = 50;
const LONGEST_LOAD_MS = 700;

/** Everything that the ledger holds, oldest first: serials and jtis. */
async function ledgerOf(api: ServerApi): Promise<readonly string[]> {
  const credentials: string[] = [];
  let token = '';
  do {
    const page = await callUnary(api.ledger, api.ledger.ListSVIDs, { page_token: token });
    credentials.push(...page.svids.map(({ serial, jti }) => serial || jti));
    token = page.next_page_token;
  } while (token !== '');
  return credentials.reverse();
}

const journalFolder = (deployment: Deployment): string => join(deployment.folder, 'server', 'data', 'ledger');

async function journalFiles(deployment: Deployment): Promise<readonly string[]> {
  return readdir(journalFolder(deployment));
}

describe('the ledger of a server that is killed while it issues', () => {
  const load = new IssueLoad();
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.start({ logLevel: 'INFO' });
  }, 60_000);
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  /** Lets clients mint for a while, and stops the server under them. */
  async function killWhileIssuing(): Promise<void> {
    using api = ServerApi.local(deployment.serverSocket);
    const end = new AbortController();
    const loaded = load.run(api, end.signal, MINTERS);
    const before = load.received.length;
    await until(() => load.received.length > before, 20_000, 'SVIDs');
    await sleep(SHORTEST_LOAD_MS + Math.random() * (LONGEST_LOAD_MS - SHORTEST_LOAD_MS));
    await deployment.server.stop('SIGKILL');
    end.abort();
    await loaded;
  }

  it(
    `knows every SVID that a client received, once each: ${KILLS} times kill -9`,
    async () => {
      let replayed = 0;
      for (let round = 0; round < KILLS; round++) {
        await killWhileIssuing();
        if (round % 5 === 4) {
          await deployment.launchServer();
          await sleep(Math.random() * 1_500);
          await deployment.server.stop('SIGKILL');
        }
        await deployment.startServer();
        replayed += Number(
          /Took over what the ledger journal held.*records=(\d+)/.exec(deployment.server.output)?.[1] ?? 0,
        );
        using api = ServerApi.local(deployment.serverSocket);
        const recorded = await ledgerOf(api);
        const known = new Set(recorded);
        expect(load.received.filter((credential) => !known.has(credential))).toEqual([]);
        expect(recorded.length).toBe(known.size);
      }
      figure(
        `${KILLS} kills, ${load.received.length} SVIDs received, ${replayed} taken over from the journal`,
      );
      expect(replayed).toBeGreaterThan(0);
    },
    60_000 + KILLS * 30_000,
  );

  it('takes over what is whole of a journal that was cut or damaged, and says what it lost', async () => {
    await killWhileIssuing();
    const [name = ''] = (await journalFiles(deployment)).filter((file) => file.endsWith('.journal'));
    const path = join(journalFolder(deployment), name);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = ~(bytes[bytes.length >> 1] ?? 0);
    await writeFile(path, bytes.subarray(0, bytes.length - 3));
    await deployment.startServer();
    using api = ServerApi.local(deployment.serverSocket);
    const known = new Set(await ledgerOf(api));
    const missing = load.received.filter((credential) => !known.has(credential));
    // The damaged one, which may have been indexed before, and the one that was cut.
    expect(missing.length).toBeLessThanOrEqual(2);
  }, 60_000);

  it('has nothing left to take over after a stop in order', async () => {
    await deployment.server.stop();
    expect((await journalFiles(deployment)).filter((file) => file.endsWith('.journal'))).toEqual([]);
    await deployment.startServer();
    expect(deployment.server.output).not.toContain('Took over what the ledger journal held');
  }, 60_000);
});

// A file system of its own, too small, in a mount namespace of its own.
const TINY = `mkdir -p -m 700 "$(dirname "$4")/data/ledger" && mount -t tmpfs -o size=256k,mode=700 ledger "$(dirname "$4")/data/ledger" && exec "$0" "$@"`;
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('a server whose ledger has no more room', () => {
  asRoot(
    'issues nothing, says so, and goes on when there is room',
    async () => {
      const [node, program = ''] = SIGNET_SERVER;
      await using deployment = await Deployment.start({
        server: ['unshare', '-m', 'sh', '-c', TINY, node, program],
        logLevel: 'INFO',
      });
      using api = ServerApi.local(deployment.serverSocket);
      const inside = (...command: string[]) =>
        runCommand(['nsenter'], ['-t', String(deployment.server.process.pid), '-m', ...command]);
      const filler = join(journalFolder(deployment), 'filler');
      const mint = () =>
        callUnary(api.svid, api.svid.MintX509SVID, {
          csr: testCsr({ uri: 'spiffe://example.org/full' }).der,
        });
      await mint();
      await inside('dd', 'if=/dev/zero', `of=${filler}`, 'bs=4k', 'count=64');
      await until(async () => !(await succeeds(mint())), 30_000, 'the disk to be full');
      const failure = await failureOf(mint());
      expect(failure).toMatchObject({
        code: status.UNAVAILABLE,
        details: expect.stringContaining('the ledger cannot be written') as unknown,
      });
      expect(deployment.server.output).toContain(
        'The ledger cannot be written; nothing is issued until it can',
      );
      await inside('rm', filler);
      await until(() => succeeds(mint()), 30_000, 'the server to issue again');
      expect(deployment.server.output).toContain('The ledger can be written again');
    },
    120_000,
  );
});

/** Whether a call is answered. */
function succeeds(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}
