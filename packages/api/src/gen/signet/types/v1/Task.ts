// Original file: proto/signet/types/v1/task.proto

import type { TaskStateInput as _signet_types_v1_TaskStateInput, TaskStateOutput as _signet_types_v1_TaskStateOutput } from '../../../signet/types/v1/TaskState.ts';
import type { TaskEndInput as _signet_types_v1_TaskEndInput, TaskEndOutput as _signet_types_v1_TaskEndOutput } from '../../../signet/types/v1/TaskEnd.ts';
import type { Long } from '@grpc/proto-loader';

export interface TaskInput {
  /**
   * 128 random bits, base64url.
   */
  'id'?: (string);
  /**
   * Empty for a task without a parent.
   */
  'parent_id'?: (string);
  'purpose'?: (string);
  /**
   * SPIFFE ID of the owner; the subject of every credential of the task.
   */
  'spiffe_id'?: (string);
  'entry_id'?: (string);
  'agent_id'?: (string);
  /**
   * Audiences that JWT-SVIDs of the task may name; empty: any.
   */
  'audiences'?: (string)[];
  /**
   * SPIFFE IDs that the task may connect to, as its owner declared them; empty: any.
   */
  'destinations'?: (string)[];
  /**
   * Seconds since the epoch.
   */
  'began_at'?: (number | string | Long);
  'deadline'?: (number | string | Long);
  /**
   * Credentials that may be issued in it and below it; 0: no limit.
   */
  'budget'?: (number);
  /**
   * Credentials that were, in it and below it.
   */
  'issued'?: (number);
  'state'?: (_signet_types_v1_TaskStateInput);
  'end'?: (_signet_types_v1_TaskEndInput);
  /**
   * 0 while it is active.
   */
  'ended_at'?: (number | string | Long);
  /**
   * What the one who ended it said.
   */
  'end_detail'?: (string);
  /**
   * Tasks above it; 0 for one without a parent.
   */
  'depth'?: (number);
  /**
   * Who began it through the operators' API; empty: a workload did. For want of a process the agent does not end it.
   */
  'begun_by'?: (string);
  /**
   * How long it may go on while the server cannot be reached, seconds, as its entry said when it began.
   */
  'offline_lease'?: (number);
}

export interface TaskOutput {
  /**
   * 128 random bits, base64url.
   */
  'id': (string);
  /**
   * Empty for a task without a parent.
   */
  'parent_id': (string);
  'purpose': (string);
  /**
   * SPIFFE ID of the owner; the subject of every credential of the task.
   */
  'spiffe_id': (string);
  'entry_id': (string);
  'agent_id': (string);
  /**
   * Audiences that JWT-SVIDs of the task may name; empty: any.
   */
  'audiences': (string)[];
  /**
   * SPIFFE IDs that the task may connect to, as its owner declared them; empty: any.
   */
  'destinations': (string)[];
  /**
   * Seconds since the epoch.
   */
  'began_at': (string);
  'deadline': (string);
  /**
   * Credentials that may be issued in it and below it; 0: no limit.
   */
  'budget': (number);
  /**
   * Credentials that were, in it and below it.
   */
  'issued': (number);
  'state': (_signet_types_v1_TaskStateOutput);
  'end': (_signet_types_v1_TaskEndOutput);
  /**
   * 0 while it is active.
   */
  'ended_at': (string);
  /**
   * What the one who ended it said.
   */
  'end_detail': (string);
  /**
   * Tasks above it; 0 for one without a parent.
   */
  'depth': (number);
  /**
   * Who began it through the operators' API; empty: a workload did. For want of a process the agent does not end it.
   */
  'begun_by': (string);
  /**
   * How long it may go on while the server cannot be reached, seconds, as its entry said when it began.
   */
  'offline_lease': (number);
}
