import { status } from '@grpc/grpc-js';
import type { CallCounter, LogFields, Logger, Metrics } from '@signet/daemon';
import { rpcMetricKey } from '@signet/daemon';
import { callEnd, type CallEnd } from './status.ts';

/** The record of one call: a metric, and a log line when it failed. */
export interface CallRecord {
  /** Adds to what the log line says. */
  note(fields: LogFields): void;
  succeeded(): void;
  /** @returns what the call ends with. */
  failed(error: unknown): CallEnd;
}

/** Keeps records of the calls of one method. */
export type CallRecorder = () => CallRecord;

/** Records of calls to `/SpiffeWorkloadAPI/<method>`, with SPIRE's metric names and log fields. */
export function workloadCallRecorder(method: string, logger: Logger, metrics: Metrics): CallRecorder {
  const [name = ''] = rpcMetricKey(`/SpiffeWorkloadAPI/${method}`).slice(-1);
  const counter = metrics.callCounter(['rpc', 'workload_api', name]);
  const log = logger.child({ method, service: 'WorkloadAPI', subsystem_name: 'endpoints' });
  return () => callRecord(counter, log);
}

function callRecord(counter: CallCounter, logger: Logger): CallRecord {
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
      if (ending.code === status.PERMISSION_DENIED)
        logger.error('No identity issued', { ...noted, registered: false });
      else logger.warn('Call failed', { ...noted, error });
      return ending;
    },
  };
}
