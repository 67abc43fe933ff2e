import { percentile } from '../kit/figures.ts';
import { until } from '../kit/program.ts';
import { type Cause, CAUSES, type Doomed, type Goal, REUNION_MS } from './causes.ts';
import { type AgentName, AGENTS, Stage } from './stage.ts';
import type { StolenTask } from './stolen-task.ts';
import { acceptedAgain, watchEnd } from './watch-end.ts';

/** What to drive. */
export interface DriveOptions {
  /** How many tasks, over all causes. */
  readonly tasks: number;
  /** At most so many end together; default 20. */
  readonly batch?: number;
  /** Library that steps clocks; without it those causes are left out. */
  readonly faketime?: string | undefined;
  /** Names of the causes; default: all that there are. */
  readonly causes?: readonly string[];
  /** Told of the progress. */
  readonly say?: (text: string) => void;
}

/** What was seen of one cause. Times are from the end, milliseconds, one for each task. */
export interface CauseReport {
  readonly name: string;
  readonly goal: Goal;
  readonly handshakeMs: number[];
  readonly cutMs: number[];
  readonly validateMs: number[];
  /** What was accepted after it had been refused. */
  readonly acceptedAgain: string[];
}

/** What was seen. */
export interface DriveReport {
  readonly causes: readonly CauseReport[];
  /** What was accepted after all had been started anew. */
  readonly acceptedAfterRestart: readonly string[];
  /** Tasks whose certificates had not expired by then, so that something else refused them. */
  readonly unexpired: number;
  readonly skipped: readonly string[];
}

/** Tasks that one process holds. */
const TASKS_OF_PROCESS = 5;
const HOUR_S = 3600;

/** Whether a cause kept to its goal, and nothing came back. */
export function isMet({ goal, acceptedAgain: again, ...times }: CauseReport): boolean {
  const all = [times.handshakeMs, times.cutMs, times.validateMs];
  return (
    again.length === 0 &&
    all.every((each) => percentile(each, 0.99) <= goal.p99Ms && percentile(each, 1) <= goal.maxMs)
  );
}

/**
 * Has tasks end in every way there is, with real processes, and measures from the end until their stolen credentials are
 * refused: by a peer of the other agent, new connections and those that are open, and by the other agent. Then starts all
 * anew and tries all of them again.
 */
export async function driveTasks(options: DriveOptions): Promise<DriveReport> {
  const { faketime, say = () => undefined } = options;
  await using stage = await Stage.start({ faketime });
  const wanted = CAUSES.filter(({ name }) => options.causes?.includes(name) ?? true);
  const causes = wanted.filter(({ needsClocks }) => needsClocks !== true || stage.hasClocks);
  const each = Math.ceil(options.tasks / causes.length);
  const ended = new Map<AgentName, StolenTask[]>(AGENTS.map((name) => [name, []]));
  const reports: CauseReport[] = [];
  for (const cause of causes) {
    const report = await drive(cause, each, { stage, batch: options.batch ?? 20, ended });
    say(lineOf(report));
    reports.push(report);
  }
  return {
    causes: reports,
    ...(await restartAll(stage, ended)),
    skipped: wanted.filter((cause) => !causes.includes(cause)).map(({ name }) => name),
  };
}

/** One line of the report. */
export function lineOf({
  name,
  goal,
  handshakeMs,
  cutMs,
  validateMs,
  acceptedAgain: again,
}: CauseReport): string {
  const figures = [handshakeMs, cutMs, validateMs].map((times) =>
    [0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(0).padStart(7)).join(''),
  );
  const verdict = isMet({ name, goal, handshakeMs, cutMs, validateMs, acceptedAgain: again })
    ? 'met'
    : 'MISSED';
  const back = again.length === 0 ? '' : `, ${again.length} accepted again: ${again[0] ?? ''}`;
  const bounds = `${goal.p99Ms}/${goal.maxMs}`.padStart(10);
  return `${name.padEnd(28)}${String(handshakeMs.length).padStart(5)} ${figures.join(' |')} ${bounds} ${verdict}${back}`;
}

/** What stands above the lines. */
export const HEADING = `${'cause'.padEnd(28)}tasks ${['new handshake refused', 'connection cut', 'token refused elsewhere'].map((title) => title.padStart(21)).join(' |')}  goal p99/max
${' '.repeat(34)}${Array(3).fill('    p50    p99    max').join(' |')}   ms`;

interface Driving {
  readonly stage: Stage;
  readonly batch: number;
  readonly ended: Map<AgentName, StolenTask[]>;
}

async function drive(cause: Cause, count: number, driving: Driving): Promise<CauseReport> {
  const { name, goal } = cause;
  const report = { name, goal, handshakeMs: [], cutMs: [], validateMs: [], acceptedAgain: [] };
  for (let done = 0, round = 0; done < count; round++) {
    const size = Math.min(driving.batch, count - done);
    const agent = AGENTS[round % AGENTS.length] as AgentName;
    await driveBatch(cause, await begin(driving.stage, agent, size, cause.ttl ?? HOUR_S), driving, report);
    done += size;
  }
  return report;
}

async function begin(stage: Stage, agent: AgentName, size: number, ttl: number): Promise<Doomed> {
  const crews = await Promise.all(
    Array.from({ length: Math.ceil(size / TASKS_OF_PROCESS) }, () => stage.crew(agent)),
  );
  const shares = crews.map((_, i) => Math.min(TASKS_OF_PROCESS, size - i * TASKS_OF_PROCESS));
  const tasks = await Promise.all(crews.map((crew, i) => crew.begin(shares[i] ?? 0, ttl)));
  return { agent, crews, tasks: tasks.flat() };
}

async function driveBatch(
  cause: Cause,
  doomed: Doomed,
  { stage, ended }: Driving,
  report: CauseReport,
): Promise<void> {
  const { agent, tasks, crews } = doomed;
  const victims = stage.victims(agent);
  const paceMs = Math.max(50, 5 * tasks.length);
  const isAccepted = async (task: StolenTask): Promise<boolean> =>
    (await task.isValid(victims).catch(() => false)) && (await task.isWelcome(victims).catch(() => false));
  const open = await Promise.all(
    tasks.map(async (task) => {
      // Whoever was away before may take a while to be current again.
      await until(() => isAccepted(task), REUNION_MS, `task ${task.loot.id} to be accepted`);
      return { task, socket: await task.connected(victims) };
    }),
  );
  await cause.prepare?.(stage, doomed);
  const endOf = cause.end(stage, doomed);
  const ends = tasks.map(endOf);
  const untilEnd = Math.ceil(Math.max(0, Math.max(...ends) - performance.now()));
  const signal = AbortSignal.timeout(untilEnd + cause.goal.maxMs + 10_000);
  const seen = await Promise.all(
    open.map(({ task, socket }) => watchEnd(task, socket, { victims, paceMs, signal })),
  );
  for (const [i, { handshakeAt, cutAt, validateAt }] of seen.entries()) {
    const endedAt = ends[i] ?? NaN;
    report.handshakeMs.push(Math.max(0, handshakeAt - endedAt));
    report.cutMs.push(Math.max(0, cutAt - endedAt));
    report.validateMs.push(Math.max(0, validateAt - endedAt));
  }
  // Under way already while all finds together again.
  const again = acceptedAgain(tasks, { victims, paceMs: 2 * paceMs }, cause.watchMs);
  await cause.recover?.(stage, doomed);
  report.acceptedAgain.push(...(await again));
  ended.get(agent)?.push(...tasks);
  for (const crew of crews) stage.giveBack(crew);
}

async function restartAll(
  stage: Stage,
  ended: ReadonlyMap<AgentName, readonly StolenTask[]>,
): Promise<Pick<DriveReport, 'acceptedAfterRestart' | 'unexpired'>> {
  stage.killServer();
  for (const name of AGENTS) stage.killAgent(name);
  await stage.restartServer();
  for (const name of AGENTS) await stage.restartAgent(name);
  await stage.restartPeers();
  const accepted: string[] = [];
  let unexpired = 0;
  for (const [agent, tasks] of ended) {
    const victims = stage.victims(agent);
    for (let from = 0; from < tasks.length; from += 8) {
      const some = tasks.slice(from, from + 8);
      accepted.push(...(await acceptedAgain(some, { victims, paceMs: 0 }, 0)));
      unexpired += some.filter(({ loot }) => loot.expiresAt > Date.now() / 1000).length;
    }
  }
  return { acceptedAfterRestart: accepted, unexpired };
}
