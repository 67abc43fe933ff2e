import type { FailClosedPolicy, Seconds, TrustDomain } from '@signet/core';
import type { LogSettings, MonitoringSettings } from '@signet/daemon';
import type { JoinTokenSource } from '@signet/plugins';
import type { BootstrapTrust } from '../attestation/bootstrap-bundle.ts';
import type { ServerAddress } from '../server-api/server-channel.ts';
import type { WorkloadKeyType } from '../sync/certificate-request.ts';
import type { AgentPluginPlan } from './plugins.ts';

/** Everything the agent needs to know before it starts: complete and frozen. */
export interface AgentConfig extends MonitoringSettings {
  readonly trustDomain: TrustDomain;
  readonly server: ServerAddress;
  readonly dataDir: string;
  readonly socketPath: string;
  readonly trust: BootstrapTrust;
  readonly joinToken?: JoinTokenSource;
  readonly disableWorkloadApi: boolean;
  readonly allowUnauthenticatedVerifiers: boolean;
  readonly allowedForeignJwtClaims: readonly string[];
  readonly workloadKeyType: WorkloadKeyType;
  /** Absent: SVIDs are renewed at half of their life. */
  readonly availabilityTarget?: Seconds;
  /** What is refused while revocations may have been missed. */
  readonly failClosed: FailClosedPolicy;
  readonly x509SvidCacheMaxSize: number;
  readonly jwtSvidCacheMaxSize: number;
  readonly syncInterval: Seconds;
  /** While the server tells of changes by itself. */
  readonly pushedSyncInterval: Seconds;
  readonly log: LogSettings;
  readonly plugins: AgentPluginPlan;
}
