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
  type KeyManagerFactory,
  type ServerNodeAttestorFactory,
  serverPlugins,
} from '@signet/plugins/server';
import { type DatastorePlan, readDatastoreStanza } from './datastore-stanza.ts';

/** The plugins that a configuration asks for, each with settings that its factory has checked. */
export interface ServerPluginPlan {
  readonly keyManager: PlannedPlugin<KeyManagerFactory>;
  readonly datastore: DatastorePlan;
  readonly nodeAttestors: readonly PlannedPlugin<ServerNodeAttestorFactory>[];
}

const catalog: PluginCatalog = {
  types: ['DataStore', 'KeyManager', 'NodeAttestor'],
  laterTypes: ['UpstreamAuthority', 'Notifier', 'BundlePublisher', 'CredentialComposer'],
  laterNames: new Set([
    ...laterNodeAttestors.map((name) => `NodeAttestor ${name}`),
    'KeyManager aws_kms',
    'KeyManager azure_key_vault',
    'KeyManager gcp_kms',
    'KeyManager hashicorp_vault',
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
): ServerPluginPlan | undefined {
  const enabled = stanzas.filter((stanza) => stanza.enabled);
  for (const stanza of enabled) checkPluginStanza(stanza, catalog, problems);
  const keyManagers = planPlugins(enabled, 'KeyManager', serverPlugins.KeyManager, catalog, problems);
  const nodeAttestors = planPlugins(enabled, 'NodeAttestor', serverPlugins.NodeAttestor, catalog, problems);
  const datastores = enabled
    .filter((stanza) => stanza.type === 'DataStore')
    .map((stanza) => readDatastoreStanza(stanza, problems));
  requirePlugins('KeyManager', 'one', enabled, problems);
  requirePlugins('DataStore', 'one', enabled, problems);
  const [keyManager] = keyManagers;
  const [datastore] = datastores;
  return keyManager && datastore && { keyManager, datastore, nodeAttestors };
}
