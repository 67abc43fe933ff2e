import { type Clock, type X509Bundle } from '@signet/core';
import { type Logger, makePlugin, type PlannedPlugin } from '@signet/daemon';
import {
  type JoinTokenStore,
  type KeyManager,
  type PluginHost,
  type ServerNodeAttestor,
} from '@signet/plugins';
import { serverPlugins } from '@signet/plugins/server';

import { type ServerConfig } from './config/server-config.ts';

/** What the server lends to its plugins. */
export interface PluginHostDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly joinTokens: JoinTokenStore;
  /** Our own X.509 authorities as they are now. */
  ownX509Bundle(): Promise<X509Bundle>;
}

type HostConfig = Pick<ServerConfig, 'trustDomain' | 'dataDir'>;

/** Makes the configured key manager. */
export function loadKeyManager(
  config: HostConfig & Pick<ServerConfig, 'plugins'>,
  deps: Pick<PluginHostDeps, 'clock' | 'logger'>,
): Promise<KeyManager> {
  const planned = config.plugins.keyManager;
  return makePlugin(planned, pluginHost('KeyManager', planned.factory.name, config, deps));
}

/**
 * Makes the configured node attestors, and that for join tokens, which needs no configuration.
 *
 * @returns the attestors by attestation type.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` something that an attestor's settings name is not sound.
 */
export async function loadNodeAttestors(
  config: HostConfig & Pick<ServerConfig, 'plugins'>,
  deps: PluginHostDeps,
): Promise<ReadonlyMap<string, ServerNodeAttestor>> {
  const attestors = new Map<string, ServerNodeAttestor>();
  try {
    for (const planned of withJoinToken(config.plugins.nodeAttestors)) {
      const host = pluginHost('NodeAttestor', planned.factory.name, config, deps);
      const { joinTokens } = deps;
      const attestor = await makePlugin(planned, {
        ...host,
        joinTokens,
        ownX509Bundle: () => deps.ownX509Bundle(),
      });
      attestors.set(attestor.type, attestor);
    }
  } catch (error) {
    await closeNodeAttestors(attestors);
    throw error;
  }
  return attestors;
}

export async function closeNodeAttestors(attestors: ReadonlyMap<string, ServerNodeAttestor>): Promise<void> {
  await Promise.all([...attestors.values()].map((attestor) => attestor.close()));
}

type PlannedAttestor = PlannedPlugin<(typeof serverPlugins.NodeAttestor)[number]>;

function withJoinToken(planned: readonly PlannedAttestor[]): readonly PlannedAttestor[] {
  if (planned.some(({ factory }) => factory.name === 'join_token')) return planned;
  const factory = serverPlugins.NodeAttestor.find(({ name }) => name === 'join_token');
  return factory === undefined ? planned : [...planned, { factory, data: {} }];
}

function pluginHost(
  kind: string,
  name: string,
  config: HostConfig,
  { clock, logger }: Pick<PluginHostDeps, 'clock' | 'logger'>,
): PluginHost {
  const log = logger.child({ plugin_name: name, plugin_type: kind, subsystem_name: 'catalog' });
  return { clock, logger: log, trustDomain: config.trustDomain, dataDir: config.dataDir };
}
