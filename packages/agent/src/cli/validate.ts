import { SignetError } from '@signet/core';
import { type Command, defineCommand } from '@signet/daemon';
import { loadAgentConfig } from '../config/load-agent-config.ts';
import { configFlags, loadOptions } from './config-flags.ts';

/** `signet-agent validate` */
export const validateCommand: Command = defineCommand({
  path: 'validate',
  summary: 'Checks a configuration file',
  long: 'Reads the configuration as run does. Plugins check their settings, but not the files that they name.',
  examples: ['signet-agent validate -config conf/agent/agent.conf'],
  flags: configFlags,
  run: async (context) => {
    try {
      await loadAgentConfig(loadOptions(context));
    } catch (error) {
      if (!(error instanceof SignetError)) throw error;
      context.err('SPIRE agent configuration file is invalid.\n');
      context.err(`${error.message}\n`);
      return 1;
    }
    context.out('SPIRE agent configuration file is valid.\n');
    return 0;
  },
});
