import { ConfigError, SignetError } from '@signet/core';
import { type Command, defineCommand, silentLogger, systemClock } from '@signet/daemon';
import { loadServerConfig } from '../config/load-server-config.ts';
import { type ServerConfig } from '../config/server-config.ts';
import { configFlags, loadOptions } from './config-flags.ts';

/** `signet-server validate` */
export const validateCommand: Command = defineCommand({
  path: 'validate',
  summary: 'Checks a configuration file',
  long: 'Reads the configuration as run does, and lets each plugin check its settings and the files they name.',
  examples: ['signet-server validate -config conf/server/server.conf'],
  flags: configFlags,
  run: async (context) => {
    try {
      await checkPlugins(await loadServerConfig(loadOptions(context)));
    } catch (error) {
      if (!(error instanceof SignetError)) throw error;
      context.err('SPIRE server configuration file is invalid.\n');
      context.err(`${error.message}\n`);
      return 1;
    }
    context.out('SPIRE server configuration file is valid.\n');
    return 0;
  },
});

// Key managers are not made: making one may write.
async function checkPlugins(config: ServerConfig): Promise<void> {
  const { closeNodeAttestors, loadNodeAttestors } = await import('../load-plugins.ts');
  const attestors = await loadNodeAttestors(config, {
    clock: systemClock,
    logger: silentLogger,
    joinTokens: { consume: () => Promise.resolve(undefined) },
    ownX509Bundle: () =>
      Promise.reject(new ConfigError('ERR_CONFIG_INVALID', 'there is no bundle before the server runs')),
  });
  await closeNodeAttestors(attestors);
}
