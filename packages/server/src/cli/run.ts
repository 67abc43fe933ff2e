import { type Command, defineCommand, runDaemon } from '@signet/daemon';
import { configFlags, serverConfigOf } from './config-flags.ts';

/** `signet-server run` */
export const runCommand: Command = defineCommand({
  path: 'run',
  summary: 'Runs the server',
  long: `Runs the server until SIGINT or SIGTERM. A flag beats the key of the configuration file that it names in
brackets. SIGUSR2 opens the log file again, after it was moved away.`,
  examples: [
    'signet-server run -config conf/server/server.conf',
    'signet-server run -config server.conf -expandEnv',
  ],
  flags: configFlags,
  run: (context) =>
    runDaemon({
      title: 'signet-server',
      configPath: context.flags.config,
      load: () => serverConfigOf(context),
      start: async (config, logger) => {
        // Only here: the other commands do without the server and start sooner.
        const { startServer } = await import('../server.ts');
        return startServer(config, { logger });
      },
      // Calls under way get 10 s; then the rest still has to be closed in order.
      forceAfterMs: 20_000,
      stoppedMessage: 'Server stopped gracefully',
    }),
});
