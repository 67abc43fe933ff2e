/** What may differ between the servers of a program. */
export interface GrpcServerLimits {
  /** of a received message; default 4 MiB. */
  readonly maxMessageBytes?: number;
  /** at once on a connection; default 100. */
  readonly maxStreams?: number;
  /** GOAWAY after this ± 10 %, calls in flight go on; default never. */
  readonly connectionAgeMs?: number;
  /** GOAWAY after this long without a call; default 5 min. */
  readonly idleMs?: number;
}

const MINUTE_MS = 60_000;
const SESSION_MEMORY_MIB = 32;

/**
 * The options of a grpc-js server that stands behind our listeners: every bound that grpc-js honours is set.
 *
 * Its own defaults are no cap on streams, no age, no idle time and unlimited memory for a session.
 */
export function grpcServerOptions(limits: GrpcServerLimits = {}): Record<string, number> {
  return {
    'grpc.max_receive_message_length': limits.maxMessageBytes ?? 4 * 1024 * 1024,
    'grpc.max_concurrent_streams': limits.maxStreams ?? 100,
    'grpc.max_connection_idle_ms': limits.idleMs ?? 5 * MINUTE_MS,
    'grpc.keepalive_time_ms': MINUTE_MS,
    'grpc.keepalive_timeout_ms': MINUTE_MS / 3,
    'grpc-node.max_session_memory': SESSION_MEMORY_MIB,
    'grpc.enable_channelz': 0,
    ...(limits.connectionAgeMs === undefined ? {} : { 'grpc.max_connection_age_ms': limits.connectionAgeMs }),
  };
}
