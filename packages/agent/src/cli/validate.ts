import { type Command, defineCommand, validateConfig } from '@signet/daemon';
import { agentConfigOf, configFlags } from './config-flags.ts';

/** `signet-agent validate` */
export const validateCommand: Command = defineCommand({
  path: 'validate',
  summary: 'Checks a configuration file',
  long: 'Reads the configuration as run does. Plugins check their settings, but not the files that they name.',
  examples: ['signet-agent validate -config conf/agent/agent.conf'],
  flags: configFlags,
  run: (context) => validateConfig('agent', context, context.flags.config, () => agentConfigOf(context)),
});
