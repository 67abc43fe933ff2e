// Original file: proto/signet/agent/v1/agent.proto

import type { TaskEndInput as _signet_types_v1_TaskEndInput, TaskEndOutput as _signet_types_v1_TaskEndOutput } from '../../../signet/types/v1/TaskEnd.ts';
import type { Long } from '@grpc/proto-loader';

export interface TaskEndingInput {
  'task_id'?: (string);
  'end'?: (_signet_types_v1_TaskEndInput);
  'detail'?: (string);
  /**
   * Seconds since the epoch, when it ended by the agent's clock; for what ended while the server was away.
   */
  'ended_at'?: (number | string | Long);
}

export interface TaskEndingOutput {
  'task_id': (string);
  'end': (_signet_types_v1_TaskEndOutput);
  'detail': (string);
  /**
   * Seconds since the epoch, when it ended by the agent's clock; for what ended while the server was away.
   */
  'ended_at': (string);
}
