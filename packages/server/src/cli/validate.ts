import { ConfigError } from '@signet/core';
import { type Command, defineCommand, silentLogger, systemClock, validateConfig } from '@signet/daemon';
import { type ServerConfig } from '../config/server-config.ts';
import { configFlags, serverConfigOf } from './config-flags.ts';

/** `signet-server validate` */
export const validateCommand: Command = defineCommand({
  path: 'validate',
  summary: 'Checks a configuration file',
  long: 'Reads the configuration as run does, and lets each plugin check its settings and the files they name.',
  examples: ['signet-server validate -config conf/server/server.conf'],
  flags: configFlags,
  run: (context) =>
    validateConfig('server', context, context.flags.config, async () =>
      checkPlugins(await serverConfigOf(context)),
    ),
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
