import { type KeyType, type Seconds, type TrustDomain } from '@signet/core';
import { type LogSettings, type MonitoringSettings } from '@signet/daemon';
import { type CaSubject } from '../ca/authority-settings.ts';
import { type LedgerSync } from '../ledger/journal.ts';
import { type ServerPluginPlan } from './plugins.ts';

/** Everything the server needs to know before it starts: complete and frozen. */
export interface ServerConfig extends MonitoringSettings {
  readonly trustDomain: TrustDomain;
  readonly dataDir: string;
  readonly bindAddress: string;
  readonly bindPort: number;
  readonly socketPath: string;
  /** SPIFFE IDs as text. */
  readonly adminIds: ReadonlySet<string>;
  /** Trust domains of the admin IDs, without our own. */
  readonly adminTrustDomains: readonly TrustDomain[];
  readonly lifetimes: {
    /** 0: as workloads. */
    readonly agentTtl: Seconds;
    readonly x509SvidTtl: Seconds;
    readonly jwtSvidTtl: Seconds;
    readonly caTtl: Seconds;
  };
  readonly caKeyType: KeyType;
  readonly jwtKeyType: KeyType;
  readonly caSubject?: CaSubject;
  readonly jwtIssuer?: string;
  readonly disableJwtSvids: boolean;
  readonly jwtSvidJti: boolean;
  /** Absent: no ledger is kept. */
  readonly ledger?: { readonly sync: LedgerSync; readonly retention: Seconds };
  readonly auditLogEnabled: boolean;
  readonly log: LogSettings;
  readonly rateLimits: { readonly attestation: boolean; readonly signing: boolean };
  /** Absent: agents are never forgotten. */
  readonly agentPruning?: {
    readonly expiredFor: Seconds;
    readonly batchSize: number;
    readonly includeNonReattestable: boolean;
  };
  readonly agentFeedHeartbeat: Seconds;
  /** Absent: JWT-SVIDs name no status list. */
  readonly statusListUri?: string;
  /** Absent: CRLs and status lists are not served over HTTP. */
  readonly statusListener?: { readonly host: string; readonly port: number };
  readonly plugins: ServerPluginPlan;
}
