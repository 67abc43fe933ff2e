import { type Command, defineCommand, keepYoungGenerationSmall, runDaemon } from '@signet/daemon';
import { agentConfigOf, configFlags } from './config-flags.ts';

/** `signet-agent run` */
export const runCommand: Command = defineCommand({
  path: 'run',
  summary: 'Runs the agent',
  long: `Runs the agent until SIGINT or SIGTERM. A flag beats the key of the configuration file that it names in
brackets. SIGUSR2 opens the log file again, after it was moved away.`,
  examples: [
    'signet-agent run -config conf/agent/agent.conf -joinTokenFile /run/join-token',
    'signet-agent run -config agent.conf -expandEnv',
  ],
  flags: configFlags,
  run: (context) =>
    runDaemon({
      title: 'signet-agent',
      configPath: context.flags.config,
      load: () => agentConfigOf(context),
      start: async (config, logger, signal) => {
        keepYoungGenerationSmall();
        // Only here: the other commands do without the agent and start sooner.
        const { startAgent } = await import('../agent.ts');
        return startAgent(config, { logger }, signal);
      },
      stoppedMessage: 'Agent stopped gracefully',
    }),
});
