import { type Command, createLogger, defineCommand, harden, runUntilStopped } from '@signet/daemon';
import { loadServerConfig } from '../config/load-server-config.ts';
import { configFlags, loadOptions } from './config-flags.ts';

/** `signet-server run` */
export const runCommand: Command = defineCommand({
  path: 'run',
  summary: 'Runs the server',
  long: 'Runs the server until SIGINT or SIGTERM. What the command line says beats the configuration file.',
  examples: [
    'signet-server run -config conf/server/server.conf',
    'signet-server run -config server.conf -expandEnv',
  ],
  flags: configFlags,
  run: async (context) => {
    const hardening = harden({ title: 'signet-server' });
    // Only here: the other commands do without the server and start sooner.
    const { startServer } = await import('../server.ts');
    const config = await loadServerConfig(loadOptions(context));
    const logs = createLogger({ ...config.log, reopenOnSignal: true });
    for (const warning of hardening.warnings) logs.logger.warn(warning);
    logs.logger.debug('Process hardened', hardening.notes);
    return runUntilStopped({
      logger: logs.logger,
      start: () => startServer(config, { logger: logs.logger }),
      // Calls under way get 10 s; then the rest still has to be closed in order.
      forceAfterMs: 20_000,
      stoppedMessage: 'Server stopped gracefully',
      finish: () => logs.close(),
    });
  },
});
