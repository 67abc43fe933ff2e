import { status } from '@grpc/grpc-js';
import { SignetError } from '@signet/core';
import {
  type CallCounter,
  LineLimiter,
  type LogFields,
  type Logger,
  type Metrics,
  type PeerRegistry,
  rpcMetricKey,
} from '@signet/daemon';
import { callEnd, type CallEnd } from './status.ts';

/** The record of one call: a metric, and a log line when it failed. */
export interface CallRecord {
  /** Adds to what the log line says. */
  note(fields: LogFields): void;
  succeeded(): void;
  /** @returns what the call ends with. */
  failed(error: unknown): CallEnd;
}

/** What keeping records needs. */
export interface CallLogDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly peers: () => PeerRegistry;
}

/** Keeps records of the calls of one method. */
export type CallRecorder = (call: { getPeer(): string }) => CallRecord;

/** A line a second of each method and user: enough to see what is wrong, and whoever calls in a loop fills no disk. */
const LINES_A_MINUTE = 60;

/** Records of calls to `/SpiffeWorkloadAPI/<method>`, with SPIRE's metric names and log fields. */
export function workloadCallRecorder(method: string, { logger, metrics, peers }: CallLogDeps): CallRecorder {
  const [name = ''] = rpcMetricKey(`/SpiffeWorkloadAPI/${method}`).slice(-1);
  const counter = metrics.callCounter(['rpc', 'workload_api', name]);
  const log = logger.child({ method, service: 'WorkloadAPI', subsystem_name: 'endpoints' });
  const lines = new LineLimiter({
    most: LINES_A_MINUTE,
    report: (user, count) => log.warn('More calls failed', { user, count }),
  });
  return (call) => callRecord(counter, log, () => lines.admit(userOf(peers().resolve(call.getPeer()))));
}

function userOf(peer: ReturnType<PeerRegistry['resolve']>): string {
  return peer?.kind === 'unix' ? peer.share : 'gone';
}

function callRecord(counter: CallCounter, logger: Logger, mayLog: () => boolean): CallRecord {
  const end = counter.start();
  let noted: LogFields = {};
  return {
    note: (fields) => {
      noted = { ...noted, ...fields };
    },
    succeeded: () => end(status.OK),
    failed: (error) => {
      const ending = callEnd(error);
      end(ending.code);
      if (mayLog()) logFailure(logger, { ...noted, error });
      return ending;
    },
  };
}

function logFailure(logger: Logger, { error, ...noted }: LogFields): void {
  const reason = error instanceof SignetError ? error.code : undefined;
  if (reason === 'ERR_NO_IDENTITY_ISSUED')
    logger.error('No identity issued', { ...noted, registered: false });
  else if (reason === 'ERR_TASK_ENDED') logger.debug('Call ended with its task', { ...noted, error });
  else logger.warn('Call failed', { ...noted, error });
}
