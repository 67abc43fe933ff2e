import { setTimeout as delay } from 'node:timers/promises';
import type { Crew } from './crew.ts';
import { type AgentName, AGENTS, type Clocked, HEARTBEAT_MS, type Stage } from './stage.ts';
import type { StolenTask } from './stolen-task.ts';

/** How late, from the end, the last refusal may be; milliseconds. */
export interface Goal {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Tasks of one agent that are to end together. */
export interface Doomed {
  readonly agent: AgentName;
  readonly crews: readonly Crew[];
  readonly tasks: readonly StolenTask[];
}

/** One way for tasks to end. */
export interface Cause {
  readonly name: string;
  readonly goal: Goal;
  /** Of the tasks, seconds; default an hour. */
  readonly ttl?: number;
  /** Needs clocks that can be stepped. */
  readonly needsClocks?: boolean;
  /** What has to happen before, so that the end comes in trouble. */
  readonly prepare?: (stage: Stage, doomed: Doomed) => Promise<void> | void;
  /** Ends the tasks. @returns the moment when one of them ends, as `performance.now()` has it. */
  readonly end: (stage: Stage, doomed: Doomed) => (task: StolenTask) => number;
  /** Makes all as it was. */
  readonly recover?: (stage: Stage, doomed: Doomed) => Promise<void> | void;
  /** How long nothing may be accepted again afterwards, milliseconds. */
  readonly watchMs: number;
}

/** While agents and server are in touch. */
const CONNECTED: Goal = { p99Ms: 1_000, maxMs: 2_000 };
/** While they are not: after three heartbeats verifiers refuse whatever was issued in a task. */
const APART: Goal = { p99Ms: 3 * HEARTBEAT_MS + 1_000, maxMs: 3 * HEARTBEAT_MS + 2_000 };
/** Longer than any part takes to find the others again. */
export const REUNION_MS = 12_000;
/** How long an agent is away that comes back after the server, milliseconds. */
const AWAY_MS = 5_000;

function at(action: () => void): () => number {
  const moment = performance.now();
  action();
  return () => moment;
}

function killCrews(doomed: Doomed): () => number {
  return at(() => doomed.crews.forEach((crew) => crew.kill()));
}

/** Steps a clock while tasks are under way, has them end, and sets it right again. */
function clockStep(of: Clocked, seconds: number): Cause {
  return {
    name: `clock of ${of} ${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,
    goal: CONNECTED,
    needsClocks: true,
    prepare: (stage) => stage.stepClock(of, seconds),
    end: (_, doomed) => killCrews(doomed),
    recover: (stage) => stage.stepClock(of, 0),
    watchMs: 3_000,
  };
}

/** All that end tasks. */
export const CAUSES: readonly Cause[] = [
  {
    name: 'task.end()',
    goal: CONNECTED,
    end: (_, { crews }) => at(() => crews.forEach((crew) => crew.finish())),
    watchMs: 500,
  },
  {
    name: 'process exits',
    goal: CONNECTED,
    end: (_, { crews }) => at(() => crews.forEach((crew) => crew.exit())),
    watchMs: 500,
  },
  { name: 'process killed', goal: CONNECTED, end: (_, doomed) => killCrews(doomed), watchMs: 500 },
  {
    name: 'operator',
    goal: CONNECTED,
    end: (stage, { tasks }) =>
      at(() => {
        for (const { loot } of tasks) void stage.endAsOperator(loot.id);
      }),
    watchMs: 500,
  },
  {
    name: 'deadline',
    goal: CONNECTED,
    ttl: 8,
    // The same host, the same clock.
    end: () => (task) => performance.now() + task.loot.deadline * 1000 - Date.now(),
    watchMs: 500,
  },
  {
    name: 'agent killed',
    goal: CONNECTED,
    end: (stage, { agent }) => at(() => stage.killAgent(agent)),
    recover: (stage, { agent }) => stage.restartAgent(agent),
    watchMs: 3_000,
  },
  {
    name: 'network cut',
    goal: CONNECTED,
    end: (stage, { agent }) => at(() => stage.network(agent).become('cut')),
    recover: (stage, { agent }) => stage.network(agent).become('whole'),
    watchMs: REUNION_MS,
  },
  {
    name: 'network silent',
    goal: APART,
    end: (stage, { agent }) => at(() => stage.network(agent).become('blackhole')),
    recover: (stage, { agent }) => stage.network(agent).become('whole'),
    watchMs: REUNION_MS,
  },
  {
    name: 'server killed, then process',
    goal: APART,
    prepare: (stage) => stage.killServer(),
    end: (_, doomed) => killCrews(doomed),
    recover: (stage) => stage.restartServer(),
    watchMs: REUNION_MS,
  },
  {
    name: 'server and agent killed',
    goal: APART,
    end: (stage, { agent }) =>
      at(() => {
        stage.killServer();
        stage.killAgent(agent);
      }),
    // The server is there again before anybody can tell it what became of the tasks.
    recover: async (stage, { agent }) => {
      await stage.restartServer();
      await delay(AWAY_MS);
      await stage.restartAgent(agent);
    },
    watchMs: REUNION_MS + AWAY_MS,
  },
  {
    name: 'all cut off, then process',
    goal: APART,
    prepare: (stage) => AGENTS.forEach((name) => stage.network(name).become('cut')),
    end: (_, doomed) => killCrews(doomed),
    recover: (stage) => AGENTS.forEach((name) => stage.network(name).become('whole')),
    watchMs: REUNION_MS,
  },
  clockStep('server', 1200),
  clockStep('server', -1200),
  clockStep('agents', 1200),
  clockStep('agents', -1200),
];
