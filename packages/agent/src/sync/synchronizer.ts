import type { Bundle } from '@signet/core';
import type { Logger, Metrics } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { entryChanges, recordEntryChanges } from '../telemetry/entry-changes.ts';
import type { AgentCache } from './agent-cache.ts';
import {
  type BundleSyncDeps,
  federatedDomains,
  fetchFederatedBundles,
  fetchOwnBundle,
} from './bundle-sync.ts';
import { fetchEntries } from './entry-sync.ts';

/** What synchronizing needs. */
export interface SynchronizerDeps extends BundleSyncDeps {
  readonly cache: AgentCache;
  readonly connection: ServerConnection;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Brings entries and bundles of the cache to what the server says now, at once and only when all of it could be read.
 *
 * @returns the own bundle as the server has it.
 * @throws {ServerCallError} when the server refuses or cannot be reached; the cache stays as it was.
 * @spec SPIRE server API §13, sync loop
 */
export async function synchronize(deps: SynchronizerDeps): Promise<Bundle> {
  const { cache, connection, metrics } = deps;
  const end = metrics.callCounter(['manager', 'sync', 'fetch_entries_updates']).start();
  const before = cache.entries;
  try {
    const own = await connection.use(async (server) => {
      const entries = await fetchEntries(server.entry, cache.entries, deps);
      const bundle = await fetchOwnBundle(server.bundle, cache.trustDomain, deps);
      const domains = federatedDomains(entries.values(), cache.trustDomain);
      const federated = await fetchFederatedBundles(server.bundle, domains, deps);
      cache.update(entries, [bundle, ...federated]);
      return bundle;
    });
    recordEntryChanges(entryChanges(before, cache.entries), cache.entries, metrics);
    metrics.gauge(['sync_bundles_total'], cache.bundles.size);
    end(0);
    return own;
  } catch (error) {
    end(2);
    throw error;
  }
}
