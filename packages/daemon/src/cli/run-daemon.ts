import { createLogger } from '../log/create-logger.ts';
import type { Logger } from '../log/logger.ts';
import { namedByFile } from '../config/config-problem.ts';
import type { LogSettings } from '../config/log-keys.ts';
import { harden } from '../process/harden.ts';
import { runUntilStopped, type RunningProgram } from '../process/run-until-stopped.ts';

/** A program that runs until it is told to stop. */
export interface DaemonSpec<Config extends { readonly log: LogSettings }> {
  /** what `ps` shows in place of the arguments, which may hold a join token. */
  readonly title: string;
  /** the configuration file, for what is found wrong with it only at the start. */
  readonly configPath: string;
  /** Reads the configuration; what it throws is for the operator. */
  load(): Promise<Config>;
  start(config: Config, logger: Logger, signal: AbortSignal): Promise<RunningProgram>;
  readonly stoppedMessage: string;
  /** how long the end may take. */
  readonly forceAfterMs?: number;
}

/** Hardens the process, reads the configuration, opens the log and runs. @returns the exit code. */
export async function runDaemon<Config extends { readonly log: LogSettings }>(
  spec: DaemonSpec<Config>,
): Promise<number> {
  const hardening = harden({ title: spec.title });
  const config = await spec.load();
  const logs = createLogger({ ...config.log, reopenOnSignal: true });
  for (const warning of hardening.warnings) logs.logger.warn(warning);
  logs.logger.debug('Process hardened', hardening.notes);
  return runUntilStopped({
    logger: logs.logger,
    start: (signal) =>
      spec.start(config, logs.logger, signal).catch((error: unknown) => {
        throw namedByFile(error, spec.configPath);
      }),
    ...(spec.forceAfterMs !== undefined && { forceAfterMs: spec.forceAfterMs }),
    stoppedMessage: spec.stoppedMessage,
    finish: () => logs.close(),
  });
}
