import { nearestName } from '@signet/core';
import { type ConfigProblem, type PluginStanza } from '@signet/daemon';
import { type PluginConfig } from '@signet/plugins';
import {
  type KeyManagerFactory,
  type ServerNodeAttestorFactory,
  serverPlugins,
} from '@signet/plugins/server';
import { type DatastorePlan, readDatastoreStanza } from './datastore-stanza.ts';

/** A built-in plugin and the settings that it is to be made with. */
export interface PlannedPlugin<Factory> {
  readonly factory: Factory;
  readonly data: PluginConfig;
}

/** The plugins that a configuration asks for, each with settings that its factory has checked. */
export interface ServerPluginPlan {
  readonly keyManager: PlannedPlugin<KeyManagerFactory>;
  readonly datastore: DatastorePlan;
  readonly nodeAttestors: readonly PlannedPlugin<ServerNodeAttestorFactory>[];
}

/** Plugin types that SPIRE has and this server does not have yet. */
const laterTypes: ReadonlySet<string> = new Set([
  'UpstreamAuthority',
  'Notifier',
  'BundlePublisher',
  'CredentialComposer',
]);
const knownTypes = ['DataStore', 'KeyManager', 'NodeAttestor', ...laterTypes];

/** Plugins that SPIRE has and this server does not have yet. */
const laterNames: ReadonlySet<string> = new Set([
  'KeyManager aws_kms',
  'KeyManager azure_key_vault',
  'KeyManager gcp_kms',
  'KeyManager hashicorp_vault',
  'NodeAttestor aws_iid',
  'NodeAttestor azure_imds',
  'NodeAttestor azure_msi',
  'NodeAttestor gcp_iit',
  'NodeAttestor http_challenge',
  'NodeAttestor k8s_psat',
  'NodeAttestor sshpop',
  'NodeAttestor tpm_devid',
]);

/**
 * Reads the stanzas of the `plugins` block.
 *
 * @returns undefined when the problems found leave nothing to start with.
 */
export function readPlugins(
  stanzas: readonly PluginStanza[],
  problems: ConfigProblem[],
): ServerPluginPlan | undefined {
  const enabled = stanzas.filter((stanza) => stanza.enabled);
  for (const stanza of enabled) checkStanza(stanza, problems);
  const keyManagers = planned(enabled, 'KeyManager', serverPlugins.KeyManager, problems);
  const nodeAttestors = planned(enabled, 'NodeAttestor', serverPlugins.NodeAttestor, problems);
  const datastores = enabled
    .filter((stanza) => stanza.type === 'DataStore')
    .map((stanza) => readDatastoreStanza(stanza, problems));
  requireOne('KeyManager', enabled, problems);
  requireOne('DataStore', enabled, problems);
  const [keyManager] = keyManagers;
  const [datastore] = datastores;
  return keyManager && datastore && { keyManager, datastore, nodeAttestors };
}

function checkStanza(stanza: PluginStanza, problems: ConfigProblem[]): void {
  const { type, path, position } = stanza;
  const report = (message: string, nearest?: string): void => {
    problems.push({ path, message, position, ...(nearest !== undefined && { nearest }) });
  };
  if (laterTypes.has(type)) report('this type of plugin is not supported yet');
  else if (!knownTypes.includes(type)) report(`unknown plugin type`, nearestName(type, knownTypes));
  if (stanza.command !== undefined) report('external plugins (plugin_cmd) are not supported yet');
  if (stanza.dataFile !== undefined) report('plugin_data_file is not supported yet');
}

function planned<Factory extends { readonly name: string; check: ServerNodeAttestorFactory['check'] }>(
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
    const path = `${stanza.path}.plugin_data`;
    for (const problem of factory.check(stanza.data)) {
      problems.push({ ...problem, path: `${path}.${problem.path}`, position: stanza.position });
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

function requireOne(type: string, stanzas: readonly PluginStanza[], problems: ConfigProblem[]): void {
  const count = stanzas.filter((stanza) => stanza.type === type).length;
  if (count !== 1)
    problems.push({ path: `plugins.${type}`, message: `exactly one is required, found ${count}` });
}
