import { nearestName } from '@signet/core';
import { type ConfigProblem, type PluginStanza } from '@signet/daemon';
import {
  type AgentNodeAttestorFactory,
  agentPlugins,
  type KeyManagerFactory,
  type WorkloadAttestorFactory,
} from '@signet/plugins/agent';

/** A built-in plugin and the settings that it is to be made with. */
export interface PlannedPlugin<Factory> {
  readonly factory: Factory;
  readonly data: PluginStanza['data'];
}

/** The plugins that a configuration asks for, each with settings that its factory has checked. */
export interface AgentPluginPlan {
  readonly keyManager: PlannedPlugin<KeyManagerFactory>;
  readonly nodeAttestor: PlannedPlugin<AgentNodeAttestorFactory>;
  readonly workloadAttestors: readonly PlannedPlugin<WorkloadAttestorFactory>[];
}

/** Plugin types that SPIRE has and this agent does not have yet. */
const laterTypes: ReadonlySet<string> = new Set(['SVIDStore']);
const knownTypes = ['KeyManager', 'NodeAttestor', 'WorkloadAttestor', ...laterTypes];

/** Plugins that SPIRE has and this agent does not have yet. */
const laterNames: ReadonlySet<string> = new Set([
  'NodeAttestor aws_iid',
  'NodeAttestor azure_imds',
  'NodeAttestor azure_msi',
  'NodeAttestor gcp_iit',
  'NodeAttestor http_challenge',
  'NodeAttestor k8s_psat',
  'NodeAttestor sshpop',
  'NodeAttestor tpm_devid',
  'WorkloadAttestor docker',
  'WorkloadAttestor k8s',
  'WorkloadAttestor slurm',
  'WorkloadAttestor systemd',
  'WorkloadAttestor windows',
]);

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
  for (const stanza of enabled) checkStanza(stanza, problems);
  const [keyManager] = planned(enabled, 'KeyManager', agentPlugins.KeyManager, problems);
  const [nodeAttestor] = planned(enabled, 'NodeAttestor', agentPlugins.NodeAttestor, problems);
  const workloadAttestors = planned(enabled, 'WorkloadAttestor', agentPlugins.WorkloadAttestor, problems);
  requireCount('KeyManager', 1, enabled, problems);
  requireCount('NodeAttestor', 1, enabled, problems);
  requireCount('WorkloadAttestor', Infinity, enabled, problems);
  return keyManager && nodeAttestor && { keyManager, nodeAttestor, workloadAttestors };
}

function checkStanza({ type, path, position, ...stanza }: PluginStanza, problems: ConfigProblem[]): void {
  const report = (message: string, nearest?: string): void => {
    problems.push({ path, message, position, ...(nearest !== undefined && { nearest }) });
  };
  if (laterTypes.has(type)) report('this type of plugin is not supported yet');
  else if (!knownTypes.includes(type)) report('unknown plugin type', nearestName(type, knownTypes));
  if (stanza.command !== undefined) report('external plugins (plugin_cmd) are not supported yet');
  if (stanza.dataFile !== undefined) report('plugin_data_file is not supported yet');
}

function planned<Factory extends { readonly name: string; check: KeyManagerFactory['check'] }>(
  stanzas: readonly PluginStanza[],
  type: string,
  factories: readonly Factory[],
  problems: ConfigProblem[],
): readonly PlannedPlugin<Factory>[] {
  return stanzas.flatMap((stanza) => {
    if (stanza.type !== type || stanza.command !== undefined) return [];
    const factory = factories.find((candidate) => candidate.name === stanza.name);
    if (factory === undefined) {
      problems.push(
        unknownPlugin(
          stanza,
          factories.map(({ name }) => name),
        ),
      );
      return [];
    }
    for (const problem of factory.check(stanza.data)) {
      problems.push({
        ...problem,
        path: `${stanza.path}.plugin_data.${problem.path}`,
        position: stanza.position,
      });
    }
    return [{ factory, data: stanza.data }];
  });
}

function unknownPlugin(
  { type, name, path, position }: PluginStanza,
  known: readonly string[],
): ConfigProblem {
  if (laterNames.has(`${type} ${name}`)) return { path, message: 'is not supported yet', position };
  const nearest = nearestName(name, known);
  return { path, message: `unknown ${type} plugin`, position, ...(nearest !== undefined && { nearest }) };
}

function requireCount(
  type: string,
  most: number,
  stanzas: readonly PluginStanza[],
  problems: ConfigProblem[],
): void {
  const count = stanzas.filter((stanza) => stanza.type === type).length;
  const wanted = most === 1 ? 'exactly one' : 'at least one';
  if (count < 1 || count > most)
    problems.push({ path: `plugins.${type}`, message: `${wanted} is required, found ${count}` });
}
