import { type Command, createLogger, defineCommand, harden, runUntilStopped } from '@signet/daemon';
import { loadAgentConfig } from '../config/load-agent-config.ts';
import { configFlags, loadOptions } from './config-flags.ts';

/** `signet-agent run` */
export const runCommand: Command = defineCommand({
  path: 'run',
  summary: 'Runs the agent',
  long: 'Runs the agent until SIGINT or SIGTERM. What the command line says beats the configuration file.',
  examples: [
    'signet-agent run -config conf/agent/agent.conf -joinTokenFile /run/join-token',
    'signet-agent run -config agent.conf -expandEnv',
  ],
  flags: configFlags,
  run: async (context) => {
    // Sets the title too, which takes the place of the arguments that other processes see.
    const hardening = harden({ title: 'signet-agent' });
    // Only here: the other commands do without the agent and start sooner.
    const { startAgent } = await import('../agent.ts');
    const config = await loadAgentConfig(loadOptions(context));
    const logs = createLogger({ ...config.log, reopenOnSignal: true });
    for (const warning of hardening.warnings) logs.logger.warn(warning);
    logs.logger.debug('Process hardened', hardening.notes);
    return runUntilStopped({
      logger: logs.logger,
      start: (signal) => startAgent(config, { logger: logs.logger }, signal),
      stoppedMessage: 'Agent stopped gracefully',
      finish: () => logs.close(),
    });
  },
});
