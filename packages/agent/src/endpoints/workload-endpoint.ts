import { Server } from '@grpc/grpc-js';
import { healthService, workloadService } from '@signet/api';
import {
  connectionGuard,
  grpcServerOptions,
  type Listener,
  listenUnix,
  type Logger,
  type Metrics,
  type PeerRegistry,
  type UnixPeer,
} from '@signet/daemon';
import { healthHandlers } from './health-service.ts';
import type { OpenStreams } from './open-streams.ts';
import { addReflection } from './reflection/reflection-service.ts';
import { watchRevocationsHandler, type WatchRevocationsDeps } from './watch-revocations.ts';
import { preEncodedWorkloadApi, workloadApiHandlers, type WorkloadApiDeps } from './workload-api.ts';

/** What serving the Workload API's socket needs. */
export interface WorkloadEndpointDeps extends Omit<WorkloadApiDeps & WatchRevocationsDeps, 'peers'> {
  readonly path: string;
  readonly streams: OpenStreams;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** The Workload API's socket while it is served. */
export interface WorkloadEndpoint {
  /** Ends all streams as UNAVAILABLE, so that clients come back, and closes the socket. */
  close(): Promise<void>;
}

/** Requests are small: a token to validate is the largest. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const SOCKET_MODE = 0o777;
const DIRECTORY_MODE = 0o755;
const GRACE_MS = 2_000;

const NO_PEERS: PeerRegistry = { resolve: () => undefined, size: 0 };

/**
 * Serves the Workload API, the health service and reflection on a Unix socket that every local process may connect to.
 *
 * @throws {ProcessError} when the socket's place is not safe, or another program listens there.
 */
export async function serveWorkloadApi(deps: WorkloadEndpointDeps): Promise<WorkloadEndpoint> {
  const listening: { at?: Listener } = {};
  const peers = (): PeerRegistry => listening.at?.peers ?? NO_PEERS;
  const server = new Server({
    ...grpcServerOptions({ maxMessageBytes: MAX_MESSAGE_BYTES }),
    interceptors: [connectionGuard(() => [peers()])],
  });
  server.addService(preEncodedWorkloadApi, workloadApiHandlers({ ...deps, peers }));
  server.addService(workloadService, {
    WatchRevocations: watchRevocationsHandler({ ...deps, peers }),
  });
  server.addService(healthService, healthHandlers(deps.isSynced, deps.metrics));
  addReflection(server, [preEncodedWorkloadApi, workloadService, healthService]);
  const listener = await listenUnix({
    path: deps.path,
    mode: SOCKET_MODE,
    directoryMode: DIRECTORY_MODE,
    server,
    logger: deps.logger,
    onPeer: connectionCounter(deps.metrics),
  });
  listening.at = listener;
  return { close: () => close(listener, server, deps.streams) };
}

function connectionCounter(metrics: Metrics): (peer: UnixPeer) => void {
  const total = metrics.series('counter', ['workload_api', 'connection']);
  const open = metrics.series('gauge', ['workload_api', 'connections']);
  let count = 0;
  return (peer) => {
    total.record(1);
    open.record((count += 1));
    peer.onClose(() => open.record((count -= 1)));
  };
}

async function close(listener: Listener, server: Server, streams: OpenStreams): Promise<void> {
  streams.stop();
  await listener.close(GRACE_MS);
  server.forceShutdown();
}
