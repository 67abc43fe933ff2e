import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@signet/daemon';
import { parseTrustDomain, StoreError, type Task } from '@signet/core';
import { openSqliteEngine } from '../../../../test/kit/sqlite-engine.ts';
import { type OpenedEngine, settableClock } from '../../../../test/kit/store-engine.ts';
import { sampleEntry, sampleId, STORE_TIME } from '../../../../test/kit/store-samples.ts';
import { type EntryIndex, openEntryIndex } from '../authz/entry-index.ts';
import type { Datastore } from '../datastore/datastore.ts';
import { ActiveTasks } from './active-tasks.ts';
import { type AgentPresence, TaskWatch, type TaskWatchDeps } from './task-watch.ts';

const AGENT = sampleId('/spire/agent/x509pop/watched');
const HEARTBEAT_MS = 5_000;
const { logger } = createLogger({ level: 'error', format: 'text', write: () => undefined });

describe('TaskWatch', () => {
  const clock = settableClock();
  let engine: OpenedEngine;
  let datastore: Datastore;
  let index: EntryIndex;
  let active: ActiveTasks;
  let watch: TaskWatch;
  let monotonic = 0;
  let isConnected = true;
  let isDiskFull = false;
  let lose: (isGraceful: boolean) => void = () => undefined;
  let names = 0;

  const agents: AgentPresence = {
    isConnected: () => isConnected,
    onLost: (listener) => {
      lose = (isGraceful) => {
        isConnected = false;
        listener(AGENT.uri, { isGraceful });
      };
      return () => undefined;
    },
  };

  function open(): TaskWatch {
    const monotonicMs = (): number => monotonic;
    const tasks: TaskWatchDeps['tasks'] = {
      end: (order) => {
        if (isDiskFull) return Promise.reject(new StoreError('ERR_STORE_UNAVAILABLE', 'the disk is full'));
        return datastore.tasks.end(order);
      },
    };
    return new TaskWatch({
      active,
      tasks,
      agents,
      authorized: index,
      clock,
      monotonicMs,
      heartbeatMs: HEARTBEAT_MS,
      logger,
    });
  }

  beforeEach(async () => {
    clock.set(STORE_TIME);
    [monotonic, isConnected, isDiskFull] = [0, true, false];
    engine = await openSqliteEngine(clock);
    ({ datastore } = engine);
    index = await openEntryIndex(datastore, parseTrustDomain('example.org'));
    active = await ActiveTasks.open(datastore);
    await datastore.agents.saveAttestation({
      id: AGENT,
      attestationType: 'x509pop',
      serialNumber: '1',
      expiresAt: STORE_TIME + 100_000,
      canReattest: true,
      selectors: [],
    });
    watch = open();
  });
  afterEach(async () => {
    await watch.stop();
    active.close();
    index.close();
    await engine.dispose();
  });

  async function begin(
    options: { ttl?: number; lease?: number; expiresAt?: number; parentId?: string } = {},
  ): Promise<Task> {
    const { ttl = 0, lease: offlineLease = 0, expiresAt = 0, parentId = '' } = options;
    const entry = sampleEntry({ parentId: AGENT, spiffeId: sampleId(`/watched/${++names}`), expiresAt });
    const created = await datastore.tasks.createEntry(entry, { isTaskOnly: false, maxTtl: 0, offlineLease });
    if (created.outcome !== 'created') throw new Error('no entry');
    const request = { purpose: 'watched', audiences: [], destinations: [], ttl, budget: 0 };
    const { task } = await datastore.tasks.begin({
      id: `task-${names}`.padEnd(22, '0'),
      entryId: created.entry.id,
      agentId: AGENT.uri,
      parentId,
      request,
      idempotencyKey: '',
      begunBy: '',
    });
    return task;
  }

  /** Lets time pass by both clocks, or by one. */
  async function pass(seconds: number, by: 'both' | 'clock' | 'monotonic' = 'both'): Promise<void> {
    if (by !== 'monotonic') clock.set(clock.nowMs() / 1000 + seconds);
    if (by !== 'clock') monotonic += seconds * 1000;
    await watch.tick();
  }

  const endOf = async ({ id }: Task) => (await datastore.tasks.get(id))?.end;

  it('ends a task at its deadline, and what is below it', async () => {
    const [task, other] = [await begin({ ttl: 60 }), await begin({ ttl: 61 })];
    const below = await begin({ parentId: task.id });
    await pass(59);
    expect(await endOf(task)).toBeUndefined();
    await pass(1);
    expect(await endOf(task)).toEqual({ cause: 'deadline', at: task.deadline, detail: '' });
    expect(await endOf(below)).toMatchObject({ cause: 'parentEnded' });
    expect(await endOf(other)).toBeUndefined();
  });

  it('ends a task when the clock is set beyond its deadline', async () => {
    const task = await begin({ ttl: 60 });
    await pass(3600, 'clock');
    expect(await endOf(task)).toMatchObject({ cause: 'deadline', at: task.deadline });
  });

  it('lets no task last longer because the clock is set back', async () => {
    const task = await begin({ ttl: 60 });
    await pass(-3600, 'clock');
    await pass(59);
    expect(await endOf(task)).toBeUndefined();
    await pass(1);
    expect(await endOf(task)).toMatchObject({ cause: 'deadline' });
  });

  it('ends the tasks of an agent that is gone for half a second', async () => {
    const task = await begin();
    lose(false);
    await pass(0.4, 'monotonic');
    expect(await endOf(task)).toBeUndefined();
    await pass(0.2, 'monotonic');
    expect(await endOf(task)).toMatchObject({ cause: 'agentLost' });
  });

  it('lets them be when the agent is back', async () => {
    const task = await begin();
    lose(false);
    await pass(0.4, 'monotonic');
    isConnected = true;
    await pass(10, 'monotonic');
    expect(await endOf(task)).toBeUndefined();
  });

  it('lets them go on for the lease that their entry gives', async () => {
    const [leased, plain] = [await begin({ lease: 20 }), await begin()];
    lose(false);
    await pass(20, 'monotonic');
    expect(await endOf(plain)).toMatchObject({ cause: 'agentLost' });
    expect(await endOf(leased)).toBeUndefined();
    await pass(0.6, 'monotonic');
    expect(await endOf(leased)).toMatchObject({ cause: 'agentLost' });
  });

  it('gives an agent time whose feed the server ended', async () => {
    const task = await begin();
    lose(true);
    await pass(4.9, 'monotonic');
    expect(await endOf(task)).toBeUndefined();
    await pass(0.2, 'monotonic');
    expect(await endOf(task)).toMatchObject({ cause: 'agentLost' });
  });

  it('gives agents half a minute to come back after a start of the server', async () => {
    const task = await begin();
    await watch.stop();
    isConnected = false;
    watch = open();
    await pass(29, 'monotonic');
    expect(await endOf(task)).toBeUndefined();
    await pass(2, 'monotonic');
    expect(await endOf(task)).toMatchObject({ cause: 'agentLost' });
  });

  it('ends what was due while the server was away', async () => {
    const task = await begin({ ttl: 60 });
    await watch.stop();
    clock.set(STORE_TIME + 100);
    watch = open();
    await watch.tick();
    expect(await endOf(task)).toMatchObject({ cause: 'deadline', at: task.deadline });
  });

  it('tries again when the end could not be written, whatever it was for', async () => {
    const [late, lost] = [await begin({ ttl: 60 }), await begin()];
    isDiskFull = true;
    lose(false);
    await pass(60);
    isDiskFull = false;
    await pass(0.5, 'monotonic');
    expect([await endOf(late), await endOf(lost)]).toEqual([undefined, undefined]);
    await pass(1, 'monotonic');
    expect((await endOf(late))?.cause).toBeDefined();
    expect(await endOf(lost)).toMatchObject({ cause: 'agentLost' });
  });

  it('ends the tasks of an entry that expires', async () => {
    const task = await begin({ expiresAt: STORE_TIME + 30 });
    expect(task.deadline).toBe(STORE_TIME + 30);
    await pass(30);
    expect(await endOf(task)).toMatchObject({ cause: 'entryGone', detail: 'its entry expired' });
  });

  it('ends the tasks of an entry that is to expire sooner', async () => {
    const task = await begin();
    await datastore.entries.update([{ id: task.entryId, fields: { expiresAt: STORE_TIME + 5 } }]);
    await pass(4);
    expect(await endOf(task)).toBeUndefined();
    await pass(3);
    expect(await endOf(task)).toMatchObject({ cause: 'entryGone' });
  });
});
