import type { Logger } from '../log/logger.ts';
import { deferred } from '../process/deferred.ts';
import { after, type Timer } from '../process/timer.ts';

/** How one subsystem is. */
export interface HealthState {
  readonly live: boolean;
  readonly ready: boolean;
  /** shown with the subsystem's name; `{}` when there is nothing to say. */
  readonly liveDetails?: unknown;
  readonly readyDetails?: unknown;
}

/** How all are: live and ready only when each is. */
export interface HealthReport {
  readonly live: boolean;
  readonly ready: boolean;
  readonly liveDetails: Readonly<Record<string, unknown>>;
  readonly readyDetails: Readonly<Record<string, unknown>>;
}

/** A look at one subsystem; what it throws counts as neither live nor ready. */
export type HealthCheck = () => HealthState | Promise<HealthState>;

/** The health of a program. */
export interface Health {
  /** Adds a subsystem. @throws TypeError when the name is taken. */
  add(name: string, check: HealthCheck): void;
  /** Checks each second until all are healthy, then each minute. */
  start(): void;
  /** The result of the last round; before the first, nothing is healthy. */
  report(): HealthReport;
  /** Runs a round now. */
  check(): Promise<HealthReport>;
  /** Calls the listener when `live` or `ready` turn. @returns ends it. */
  onChange(listener: (report: HealthReport) => void): () => void;
  close(): void;
}

const UNHEALTHY_INTERVAL_MS = 1000;
const HEALTHY_INTERVAL_MS = 60_000;
const CHECK_TIMEOUT_MS = 10_000;

const NOT_CHECKED: HealthReport = { live: false, ready: false, liveDetails: {}, readyDetails: {} };

const FAILED: HealthState = {
  live: false,
  ready: false,
  liveDetails: { error: 'check failed' },
  readyDetails: { error: 'check failed' },
};

async function runCheck(name: string, check: HealthCheck, logger: Logger): Promise<HealthState> {
  const timeout = deferred<HealthState>();
  const timer = after(CHECK_TIMEOUT_MS, () => timeout.resolve(FAILED));
  try {
    return await Promise.race([check(), timeout.promise]);
  } catch (error) {
    logger.error('Health check failed', { check: name, error });
    return FAILED;
  } finally {
    timer.cancel();
  }
}

function summarize(states: readonly (readonly [string, HealthState])[]): HealthReport {
  return {
    live: states.length > 0 && states.every(([, state]) => state.live),
    ready: states.length > 0 && states.every(([, state]) => state.ready),
    liveDetails: Object.fromEntries(states.map(([name, state]) => [name, state.liveDetails ?? {}])),
    readyDetails: Object.fromEntries(states.map(([name, state]) => [name, state.readyDetails ?? {}])),
  };
}

/** Watches subsystems and tells how they are. @spec SPIRE health_checks */
export function createHealth({ logger }: { readonly logger: Logger }): Health {
  const checks = new Map<string, HealthCheck>();
  const listeners = new Set<(report: HealthReport) => void>();
  let last = NOT_CHECKED;
  let timer: Timer | undefined;
  let isClosed = false;

  const publish = (report: HealthReport): void => {
    const hasTurned = report.live !== last.live || report.ready !== last.ready;
    last = report;
    if (hasTurned) for (const listener of listeners) listener(report);
  };
  const check = async (): Promise<HealthReport> => {
    const states = [...checks].map(async ([name, run]) => [name, await runCheck(name, run, logger)] as const);
    publish(summarize(await Promise.all(states)));
    return last;
  };
  const round = async (): Promise<void> => {
    const { live, ready } = await check();
    if (!isClosed)
      timer = after(live && ready ? HEALTHY_INTERVAL_MS : UNHEALTHY_INTERVAL_MS, () => void round());
  };

  return {
    add(name, run) {
      if (checks.has(name)) throw new TypeError(`health check ${name} exists`);
      checks.set(name, run);
    },
    start: () => void round(),
    report: () => last,
    check,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      isClosed = true;
      timer?.cancel();
      listeners.clear();
    },
  };
}
