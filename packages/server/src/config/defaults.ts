import { type Seconds } from '@signet/core';
import { defaultServerSocketPath } from '@signet/daemon';

const MINUTE: Seconds = 60;
const HOUR: Seconds = 60 * MINUTE;

/** What applies when a key is absent; lifetimes in seconds. */
export interface Defaults {
  readonly bindAddress: string;
  readonly bindPort: number;
  readonly socketPath: string;
  readonly x509SvidTtl: Seconds;
  readonly jwtSvidTtl: Seconds;
  readonly caTtl: Seconds;
  readonly caKeyType: string;
  readonly pruneBatchSize: number;
  readonly ledgerSync: string;
  readonly ledgerRetention: Seconds;
  readonly agentFeedHeartbeat: Seconds;
  readonly statusAddress: string;
}

/** The only place with the server's own defaults; values are SPIRE's unless a line says why not. */
export const defaults: Defaults = {
  /** All interfaces. */
  bindAddress: '0.0.0.0',
  bindPort: 8081,
  socketPath: defaultServerSocketPath,
  /** X.509-SVIDs of workloads, of the server itself and, without `agent_ttl`, of agents. */
  x509SvidTtl: HOUR,
  /** Short: a JWT-SVID cannot be taken back. */
  jwtSvidTtl: 5 * MINUTE,
  caTtl: 24 * HOUR,
  caKeyType: 'ec-p256',
  /** Agents per pruning run. */
  pruneBatchSize: 1000,
  /** A record survives the process at once, a loss of power after 10 ms. */
  ledgerSync: 'batched',
  /** Long enough to find out the next day what was valid. */
  ledgerRetention: 24 * HOUR,
  /** Short: for so long, and a few times longer, a verifier may not know that it has lost the news of revocations. */
  agentFeedHeartbeat: 5,
  /** For those in front of it: a reverse proxy, a cache. */
  statusAddress: '127.0.0.1',
};
