import type { Metrics, UnixPeer } from '@signet/daemon';
import { Shares } from '../tasks/shares.ts';
import { ordinaryConnections } from '../tasks/task-limits.ts';
import type { OpenStreams, StreamLimits } from './open-streams.ts';
import { openDesk, type OpenDeskDeps } from './task-desk.ts';
import { openTaskEndpoint, removeOldTaskSockets, type TaskEndpointDeps } from './task-endpoint.ts';
import { serveSocket, type SocketDeps, type WorkloadSocket } from './workload-socket.ts';

/** What serving the Workload API's socket needs. */
export interface WorkloadEndpointDeps extends Omit<
  OpenDeskDeps & SocketDeps,
  'peers' | 'openEndpoint' | 'watchers'
> {
  readonly path: string;
  /** How many may watch revocations; default: enough for a node that is full. */
  readonly watcherLimits?: StreamLimits;
}

/** The Workload API's socket while it is served. */
export interface WorkloadEndpoint {
  /** Ends all streams as UNAVAILABLE, so that clients come back, and closes the socket. */
  close(): Promise<void>;
}

// A program needs one or two of them; a node has a thousand pods at the very most, often all of the same user.
const WATCHERS = { total: 4_096, perUser: 1_024 };

/**
 * Serves the Workload API on its socket, and each task that has processes of its own on another one beside it.
 *
 * @throws {ProcessError} when the socket's place is not safe, or another program listens there.
 */
export async function serveWorkloadApi(deps: WorkloadEndpointDeps): Promise<WorkloadEndpoint> {
  const { path, watcherLimits = WATCHERS } = deps;
  const socketDeps: TaskEndpointDeps = {
    ...deps,
    watchers: new Shares(watcherLimits.total, watcherLimits.perUser),
    openEndpoint: (task) => openTaskEndpoint(task, socketDeps),
  };
  const socket = await serveSocket(
    {
      path,
      limits: { maxConnections: ordinaryConnections() },
      onPeer: connectionCounter(deps.metrics),
    },
    (peers) => openDesk({ ...deps, peers }),
    socketDeps,
  );
  // Whoever listened there before has gone.
  removeOldTaskSockets(path);
  return { close: () => close(socket, deps.streams) };
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

async function close(socket: WorkloadSocket, streams: OpenStreams): Promise<void> {
  streams.stop();
  await socket.close();
}
