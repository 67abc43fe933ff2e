import { Server, type ServiceDefinition } from '@grpc/grpc-js';
import { healthService, workloadService } from '@signet/api';
import {
  type ConnectionLimits,
  connectionGuard,
  grpcServerOptions,
  type Listener,
  listenUnix,
  type PeerRegistry,
  type UnixPeer,
} from '@signet/daemon';
import type { HeldTask } from '../tasks/held-task.ts';
import { healthHandlers } from './health-service.ts';
import { addReflection } from './reflection/reflection-service.ts';
import type { TaskDesk } from './task-desk.ts';
import { taskHandlers, type TaskServiceDeps } from './task-service.ts';
import { watchRevocationsHandler, type WatchRevocationsDeps } from './watch-revocations.ts';
import {
  preEncoded,
  preEncodedWorkloadApi,
  workloadApiHandlers,
  type WorkloadApiDeps,
} from './workload-api.ts';

/** What serving any socket of workloads needs. */
export interface SocketDeps extends Omit<
  WorkloadApiDeps & WatchRevocationsDeps & TaskServiceDeps,
  'peers' | 'workload' | 'verifier' | 'desk'
> {
  readonly isSynced: () => boolean;
  readonly openEndpoint: (task: HeldTask) => Promise<string>;
}

/** Where a socket is. */
export interface SocketPlace {
  readonly path: string;
  readonly limits?: Partial<ConnectionLimits>;
  /** of folders that have to be made; default 0755. */
  readonly directoryMode?: number;
  onPeer?(peer: UnixPeer): void;
}

/** A socket while it is served. */
export interface WorkloadSocket {
  close(): Promise<void>;
}

/** Requests are small: a token to validate is the largest. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const SOCKET_MODE = 0o777;
const DIRECTORY_MODE = 0o755;
const GRACE_MS = 2_000;

/** The workloads' own service, some of whose answers are encoded already. */
const preEncodedWorkloadService: ServiceDefinition = {
  ...(workloadService as ServiceDefinition),
  WatchRevocations: preEncoded(workloadService.WatchRevocations),
};
const NO_PEERS: PeerRegistry = { resolve: () => undefined, size: 0 };

/**
 * Serves the Workload API, the health service and reflection on a Unix socket that every local process may connect to. Who
 * gets what there is the desk's to say.
 *
 * @throws {ProcessError} when the socket's place is not safe, or another program listens there.
 */
export async function serveSocket(
  place: SocketPlace,
  deskFor: (peers: () => PeerRegistry) => TaskDesk,
  deps: SocketDeps,
): Promise<WorkloadSocket> {
  const listening: { at?: Listener } = {};
  const peers = (): PeerRegistry => listening.at?.peers ?? NO_PEERS;
  const desk = deskFor(peers);
  const server = new Server({
    ...grpcServerOptions({ maxMessageBytes: MAX_MESSAGE_BYTES }),
    interceptors: [connectionGuard(() => [peers()])],
  });
  const ofDesk = {
    peers,
    desk,
    workload: (call: Parameters<TaskDesk['workload']>[0]) => desk.workload(call),
    verifier: (call: Parameters<TaskDesk['verifier']>[0]) => desk.verifier(call),
  };
  server.addService(preEncodedWorkloadApi, workloadApiHandlers({ ...deps, ...ofDesk }));
  server.addService(preEncodedWorkloadService, {
    WatchRevocations: watchRevocationsHandler({ ...deps, ...ofDesk }),
    ...taskHandlers({ ...deps, ...ofDesk }),
  });
  server.addService(healthService, healthHandlers(deps.isSynced, deps.metrics));
  addReflection(server, [preEncodedWorkloadApi, workloadService, healthService]);
  const listener = await listenUnix({
    directoryMode: DIRECTORY_MODE,
    ...place,
    mode: SOCKET_MODE,
    server,
    logger: deps.logger,
  });
  listening.at = listener;
  return {
    close: async () => {
      await listener.close(GRACE_MS);
      server.forceShutdown();
    },
  };
}
