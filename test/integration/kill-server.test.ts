import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure, timesText } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { runCommand, until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { type Draw, WriteLoad } from '../kit/write-load.ts';
import { WriteHistory } from '../kit/write-history.ts';

/** More than the default for a longer run: KILL_ROUNDS=1000. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 20);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 32);
const STOPS = 3;
const LOAD = { writers: 8, minters: 2 };
const LONGEST_LOAD_MS = 500;

describe(`a server that is killed under load (R01, C1 to C4, C7; KILL_SEED=${SEED})`, () => {
  const history = new WriteHistory();
  const draw = drawFrom(SEED);
  const load = new WriteLoad(history, draw);
  const restarts: number[] = [];
  let deployment: Deployment;
  let rootsPem: string;
  let kills = 0;

  const untilAnswers = (api: ServerApi): Promise<void> =>
    until(
      () => {
        if (!deployment.server.running)
          throw new Error(`did not start:\n${deployment.server.output.slice(-3000)}`);
        return callUnary(api.entry, api.entry.CountEntries, {}).then(
          () => true,
          () => false,
        );
      },
      60_000,
      'the server to answer',
    );

  /** Starts the server anew, and notes how long it takes until it answers. */
  const restart = async (): Promise<void> => {
    using api = ServerApi.local(deployment.serverSocket);
    const start = performance.now();
    await deployment.launchServer();
    await untilAnswers(api);
    restarts.push(performance.now() - start);
  };

  /** Puts load on the server, does something to it meanwhile, and waits for the end of both. */
  const underLoad = async (interrupt: () => Promise<unknown>): Promise<void> => {
    using api = ServerApi.local(deployment.serverSocket);
    await untilAnswers(api);
    const end = new AbortController();
    const loaded = load.run(api, end.signal, LOAD);
    await sleep(draw() * LONGEST_LOAD_MS);
    await interrupt();
    end.abort();
    await loaded;
  };

  const kill = (): Promise<unknown> => {
    kills += 1;
    return deployment.server.stop('SIGKILL');
  };

  const violations = async (): Promise<readonly string[]> => {
    using api = ServerApi.local(deployment.serverSocket);
    return history.check(await load.observe(api));
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ logLevel: 'INFO' });
    using api = ServerApi.local(deployment.serverSocket);
    rootsPem = await api.rootsPem();
  }, 60_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it(
    `loses nothing that it answered, revives nothing deleted, repeats no serial: ${ROUNDS} times kill -9`,
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        await underLoad(kill);
        if (round % 5 === 4) await killWhileStarting();
        await restart();
        expect(await violations()).toEqual([]);
      }
      figure(`${kills} kills, ${load.answered} writes answered, ${history.issuedCount} certificates`);
      figure(`from start to first answer: ${timesText(restarts)}`);
      expect(load.answered).toBeGreaterThan(ROUNDS);
      expect(history.issuedCount).toBeGreaterThan(0);
    },
    120_000 + ROUNDS * 20_000,
  );

  const killWhileStarting = async (): Promise<void> => {
    await deployment.launchServer();
    await sleep(draw() * 1_000);
    await kill();
  };

  it(`finishes what is under way when it is told to stop: ${STOPS} times (R23)`, async () => {
    const stopping: number[] = [];
    for (let round = 0; round < STOPS; round++) {
      await underLoad(async () => {
        const start = performance.now();
        expect(await deployment.server.stop()).toBe(0);
        stopping.push(performance.now() - start);
      });
      await restart();
      expect(await violations()).toEqual([]);
    }
    figure(`to stop under load: ${timesText(stopping)}`);
    expect(Math.max(...stopping)).toBeLessThan(10_500);
  }, 120_000);

  it('signs with the authorities that it had', async () => {
    using api = ServerApi.local(deployment.serverSocket);
    expect(await api.rootsPem()).toBe(rootsPem);
  });

  it('control: what is gone from the datastore is missed', async () => {
    const data = join(deployment.folder, 'server', 'data');
    const before = join(deployment.folder, 'before');
    await deployment.server.stop();
    await cp(data, before, { recursive: true });
    await restart();
    const answered = load.answered;
    await underLoad(async () => {
      await until(() => load.answered > answered + 20, 30_000, 'writes that can be missed');
      await kill();
    });
    for (const name of await readdir(data)) if (name.startsWith('datastore')) await rm(join(data, name));
    await cp(before, data, { recursive: true });
    await restart();
    expect((await violations()).length).toBeGreaterThan(0);
  }, 120_000);

  it('leaves a sound database file', async () => {
    await deployment.server.stop();
    const file = join(deployment.folder, 'server', 'data', 'datastore.sqlite3');
    const script = `
      const { DatabaseSync } = require('node:sqlite');
      console.log(JSON.stringify(new DatabaseSync(process.argv[1]).prepare('PRAGMA integrity_check').all()));`;
    const { stdout } = await runCommand([process.execPath], ['-e', script, file]);
    expect(JSON.parse(stdout)).toEqual([{ integrity_check: 'ok' }]);
  }, 30_000);
});

/** Random numbers in [0, 1) that are the same for the same seed. */
function drawFrom(seed: number): Draw {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
