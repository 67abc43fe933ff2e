import {
  checkPluginStanza,
  type ConfigProblem,
  type PlannedPlugin,
  planPlugins,
  type PluginCatalog,
  type PluginStanza,
  requirePlugins,
} from '@signet/daemon';
import { laterNodeAttestors } from '@signet/plugins';
import {
  type AgentNodeAttestorFactory,
  agentPlugins,
  type KeyManagerFactory,
  type WorkloadAttestorFactory,
} from '@signet/plugins/agent';

/** The plugins that a configuration asks for, each with settings that its factory has checked. */
export interface AgentPluginPlan {
  readonly keyManager: PlannedPlugin<KeyManagerFactory>;
  readonly nodeAttestor: PlannedPlugin<AgentNodeAttestorFactory>;
  readonly workloadAttestors: readonly PlannedPlugin<WorkloadAttestorFactory>[];
}

const catalog: PluginCatalog = {
  types: ['KeyManager', 'NodeAttestor', 'WorkloadAttestor'],
  laterTypes: ['SVIDStore'],
  laterNames: new Set([
    ...laterNodeAttestors.map((name) => `NodeAttestor ${name}`),
    'WorkloadAttestor docker',
    'WorkloadAttestor k8s',
    'WorkloadAttestor slurm',
    'WorkloadAttestor systemd',
    'WorkloadAttestor windows',
  ]),
};

/**
 * Reads the stanzas of the `plugins` block.
 *
 * @returns undefined when the problems found leave nothing to start with.
 */
export function readPlugins(
  stanzas: readonly PluginStanza[],
  problems: ConfigProblem[],
): AgentPluginPlan | undefined {
  const enabled = stanzas.filter((stanza) => stanza.enabled);
  for (const stanza of enabled) checkPluginStanza(stanza, catalog, problems);
  const [keyManager] = planPlugins(enabled, 'KeyManager', agentPlugins.KeyManager, catalog, problems);
  const [nodeAttestor] = planPlugins(enabled, 'NodeAttestor', agentPlugins.NodeAttestor, catalog, problems);
  const workloadAttestors = planPlugins(
    enabled,
    'WorkloadAttestor',
    agentPlugins.WorkloadAttestor,
    catalog,
    problems,
  );
  requirePlugins('KeyManager', 'one', enabled, problems);
  requirePlugins('NodeAttestor', 'one', enabled, problems);
  requirePlugins('WorkloadAttestor', 'many', enabled, problems);
  return keyManager && nodeAttestor && { keyManager, nodeAttestor, workloadAttestors };
}
