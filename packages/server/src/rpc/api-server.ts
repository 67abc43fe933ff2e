import { Server } from '@grpc/grpc-js';
import {
  agentFeedService,
  agentService,
  agentTaskService,
  bundleService,
  entryService,
  healthService,
  ledgerService,
  localAuthorityService,
  revocationService,
  serverDebugService,
  serverLoggerService,
  svidService,
  taskService,
  trustDomainService,
} from '@signet/api';
import { connectionGuard, grpcServerOptions, type Logger, type PeerRegistry } from '@signet/daemon';
import { type CallerSvid } from '../authz/caller.ts';
import { type FeedConnections } from '../feed/serve-agent-feed.ts';
import { type AgentFeedServiceDeps, createAgentFeedService } from './agent-feed-service.ts';
import { type AgentServiceDeps, createAgentService } from './agent-service.ts';
import { type AgentTaskServiceDeps, createAgentTaskService } from './agent-task-service.ts';
import { type BundleServiceDeps, createBundleService } from './bundle-service.ts';
import { createEntryService, type EntryServiceDeps } from './entry-service.ts';
import { createHealthService, type HealthServiceDeps } from './health-service.ts';
import { type CallStepDeps, createAbsentServiceSteps, createCallSteps } from './interceptors.ts';
import { createLedgerService, type LedgerServiceDeps } from './ledger-service.ts';
import { MAX_CONCURRENT_STREAMS, MAX_RECEIVE_BYTES } from './limits.ts';
import { hostService } from './service-host.ts';
import { createRevocationService, type RevocationServiceDeps } from './revocation-service.ts';
import { createSvidService, type SvidServiceDeps } from './svid-service.ts';
import { createTaskService, type TaskServiceDeps } from './task-service.ts';

/** Age at which a TCP connection gets a GOAWAY, milliseconds, ±10 %; calls in flight finish. */
const CONNECTION_AGE_MS = 180_000;

/** The roles behind all services. */
export type ApiServerDeps = Omit<CallStepDeps, 'peers'> &
  AgentServiceDeps &
  AgentFeedServiceDeps &
  AgentTaskServiceDeps &
  EntryServiceDeps &
  SvidServiceDeps &
  RevocationServiceDeps &
  BundleServiceDeps &
  LedgerServiceDeps &
  TaskServiceDeps &
  HealthServiceDeps & { readonly log: Logger };

/** The two ways in: TCP with TLS, and the local Unix socket. */
export type ApiEndpoint = 'tcp' | 'local';

/**
 * Builds the gRPC server of one endpoint. Debug, Logger and Health are served on the local one only.
 *
 * @param peers - the endpoint's connections, once it listens.
 */
export function createApiServer(
  endpoint: ApiEndpoint,
  deps: ApiServerDeps,
  peers: () => PeerRegistry<CallerSvid> | undefined,
): Server {
  const server = new Server({
    ...grpcServerOptions({
      maxMessageBytes: MAX_RECEIVE_BYTES,
      maxStreams: MAX_CONCURRENT_STREAMS,
      ...(endpoint === 'tcp' && { connectionAgeMs: CONNECTION_AGE_MS }),
    }),
    interceptors: [connectionGuard(registriesOf(peers))],
  });
  const stepDeps = { ...deps, peers: { resolve: (peerId: string) => peers()?.resolve(peerId) } };
  const present = { steps: createCallSteps(stepDeps), log: deps.log };
  const absent = { steps: createAbsentServiceSteps(stepDeps), log: deps.log };
  hostService(server, agentService, createAgentService(deps), present);
  hostService(server, entryService, createEntryService(deps), present);
  hostService(server, svidService, createSvidService(deps), present);
  hostService(server, bundleService, createBundleService(deps), present);
  hostService(server, trustDomainService, {}, present);
  hostService(server, localAuthorityService, {}, present);
  hostService(server, agentFeedService, createAgentFeedService(deps, connectionsOf(peers)), present);
  hostService(server, agentTaskService, createAgentTaskService(deps), present);
  hostService(server, ledgerService, createLedgerService(deps), present);
  hostService(server, revocationService, createRevocationService(deps), present);
  hostService(server, taskService, createTaskService(deps), present);
  if (endpoint === 'local') {
    hostService(server, healthService, createHealthService(deps), present);
    hostService(server, serverDebugService, {}, present);
    hostService(server, serverLoggerService, {}, present);
  } else {
    for (const service of [healthService, serverDebugService, serverLoggerService]) {
      hostService(server, service, 'absent', absent);
    }
  }
  return server;
}

/** The connections of feeds, as far as feeds have to do with them. */
function connectionsOf(peers: () => PeerRegistry<CallerSvid> | undefined): FeedConnections {
  return {
    isDraining: (peerId) => peers()?.resolve(peerId)?.isDraining === true,
    cut: (peerId, reason) => peers()?.resolve(peerId)?.close(reason),
  };
}

/** The registry as a list, made once: the guard asks at every message. */
function registriesOf(
  peers: () => PeerRegistry<CallerSvid> | undefined,
): () => readonly PeerRegistry<CallerSvid>[] {
  let known: readonly PeerRegistry<CallerSvid>[] = [];
  return () => {
    const registry = peers();
    if (registry !== undefined && known[0] !== registry) known = [registry];
    return known;
  };
}
