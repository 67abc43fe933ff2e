import type { Seconds } from '@signet/core';
import { defaultAgentSocketPath } from '@signet/daemon';

/** What applies when a key is absent. The only place with the agent's own defaults; values are SPIRE's unless a line says why not. */
export const defaults = {
  /** The current folder. */
  dataDir: '.',
  socketPath: defaultAgentSocketPath,
  trustBundleFormat: 'pem',
  rebootstrapMode: 'never',
  workloadKeyType: 'ec-p256',
  /** SVIDs kept ready that no workload is watching. */
  x509SvidCacheMaxSize: 1000,
  jwtSvidCacheMaxSize: 1000,
  failClosedScope: 'task',
  syncInterval: 5 satisfies Seconds,
  /** While the server tells of changes by itself: a precaution only. */
  pushedSyncInterval: 60 satisfies Seconds,
} as const;
