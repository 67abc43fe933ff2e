import { resolve } from 'node:path';
import { WorkloadApiClient } from '@signet/client';
import type { Clock, X509Svid } from '@signet/core';
import { type Logger, makePlugin, type PlannedPlugin } from '@signet/daemon';
import type { AgentNodeAttestor, AgentPluginHost, KeyManager, WorkloadAttestor } from '@signet/plugins';
import type { AgentConfig } from './config/agent-config.ts';
import { limitedLogger } from './telemetry/limited-logger.ts';

/** The agent's plugins, ready to be used. */
export interface OpenPlugins {
  readonly keyManager: KeyManager;
  readonly nodeAttestor: AgentNodeAttestor;
  readonly workloadAttestors: readonly WorkloadAttestor[];
  close(): Promise<void>;
}

/**
 * Makes the plugins that the configuration asks for.
 *
 * @throws {ConfigError} when one of them finds what it needs missing or unsound.
 */
export async function openPlugins(config: AgentConfig, clock: Clock, logger: Logger): Promise<OpenPlugins> {
  const make = <Instance>(plugin: PlannedPlugin<Factory<Instance>>): Promise<Instance> =>
    makePlugin(plugin, pluginHost(config, clock, logger, plugin.factory));
  const keyManager = await make(config.plugins.keyManager);
  const nodeAttestor = await make(config.plugins.nodeAttestor);
  const workloadAttestors = await Promise.all(config.plugins.workloadAttestors.map((plugin) => make(plugin)));
  const all = [keyManager, nodeAttestor, ...workloadAttestors];
  return {
    keyManager,
    nodeAttestor,
    workloadAttestors,
    close: async () => {
      await Promise.allSettled(all.map((plugin) => plugin.close()));
    },
  };
}

interface Factory<Instance> {
  readonly kind: string;
  readonly name: string;
  create(data: PlannedPlugin<unknown>['data'], host: AgentPluginHost): Promise<Instance>;
}

function pluginHost(
  config: AgentConfig,
  clock: Clock,
  logger: Logger,
  { kind, name }: Factory<unknown>,
): AgentPluginHost {
  return {
    clock,
    logger: limitedLogger(logger.child({ plugin_name: name, plugin_type: kind, subsystem_name: 'catalog' })),
    trustDomain: config.trustDomain,
    dataDir: resolve(config.dataDir),
    ...(config.joinToken !== undefined && { joinToken: config.joinToken }),
    fetchX509Svid,
  };
}

async function fetchX509Svid(endpoint: string, options: { readonly signal: AbortSignal }): Promise<X509Svid> {
  using client = new WorkloadApiClient({ endpoint });
  const { svids } = await client.fetchX509Context(options);
  // The client refuses an answer without an SVID.
  return svids[0] as X509Svid;
}
