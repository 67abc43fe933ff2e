import { lstatSync } from 'node:fs';
import { type Clock, ConfigError } from '@signet/core';
import { type Logger } from '@signet/daemon';
import { type ServerConfig } from './config/server-config.ts';
import { loadKeyManager } from './load-plugins.ts';

/**
 * Refuses to begin an empty database where there are keys already: they are of the authorities that another database knows,
 * and would be written over. Nothing is made or changed.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` with both files, and what to do.
 */
export async function refuseLostDatabase(
  config: ServerConfig,
  deps: { readonly clock: Clock; readonly logger: Logger },
): Promise<void> {
  const { datastore, keyManager } = config.plugins;
  if (lstatSync(datastore.path, { throwIfNoEntry: false }) !== undefined) return;
  const manager = await loadKeyManager(config, deps);
  const keys = await manager.getKeys().finally(() => manager.close());
  if (keys.length === 0) return;
  const path = keyManager.data['keys_path'];
  const where = typeof path === 'string' ? path : `KeyManager "${keyManager.factory.name}"`;
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `there is no database ${datastore.path}, but ${where} holds the keys of authorities that one knows: ` +
      `correct connection_string; or, if the database is lost for good, move ${where} away (see docs/recovery.md)`,
  );
}
