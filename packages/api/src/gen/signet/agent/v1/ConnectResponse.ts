// Original file: proto/signet/agent/v1/agent.proto

import type { RevocationInput as _signet_types_v1_RevocationInput, RevocationOutput as _signet_types_v1_RevocationOutput } from '../../../signet/types/v1/Revocation.ts';
import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';
import type { Long } from '@grpc/proto-loader';

export interface ConnectResponseInput {
  /**
   * Newest change that this message takes into account.
   */
  'change'?: (number | string | Long);
  /**
   * What changed, as hints: the agent asks by the ordinary calls.
   */
  'entries_changed'?: (boolean);
  'bundles_changed'?: (boolean);
  'authorities_changed'?: (boolean);
  /**
   * The CRLs or status lists changed.
   */
  'status_documents_changed'?: (boolean);
  /**
   * Revocations by rising sequence.
   */
  'revocations'?: (_signet_types_v1_RevocationInput)[];
  /**
   * The revocations are all that hold, not what came since: what the agent holds besides is of no effect any more.
   */
  'is_full_state'?: (boolean);
  /**
   * Newest revocation that the agent holds once it has taken these.
   */
  'revocation'?: (number | string | Long);
  /**
   * More revocations follow at once; the agent is current only after them.
   */
  'more'?: (boolean);
  'datastore_id'?: (string);
  /**
   * At least one message comes in this time, milliseconds.
   */
  'heartbeat_ms'?: (number);
  /**
   * Tasks of this agent that were ended elsewhere; what they were for, and their scope, is left out.
   */
  'ended_tasks'?: (_signet_types_v1_TaskInput)[];
  /**
   * How long tasks outlive the loss of this stream, milliseconds.
   */
  'task_lease_ms'?: (number);
  /**
   * Tasks were begun for this agent elsewhere: ListTasks tells. What entries say of tasks is part of entries_changed.
   */
  'tasks_changed'?: (boolean);
  /**
   * Agents have not come back yet since the server started that had tasks then: some may have ended. Until they have, the
   * agent does not know all that was revoked, of tasks.
   */
  'tasks_unsettled'?: (boolean);
}

export interface ConnectResponseOutput {
  /**
   * Newest change that this message takes into account.
   */
  'change': (string);
  /**
   * What changed, as hints: the agent asks by the ordinary calls.
   */
  'entries_changed': (boolean);
  'bundles_changed': (boolean);
  'authorities_changed': (boolean);
  /**
   * The CRLs or status lists changed.
   */
  'status_documents_changed': (boolean);
  /**
   * Revocations by rising sequence.
   */
  'revocations': (_signet_types_v1_RevocationOutput)[];
  /**
   * The revocations are all that hold, not what came since: what the agent holds besides is of no effect any more.
   */
  'is_full_state': (boolean);
  /**
   * Newest revocation that the agent holds once it has taken these.
   */
  'revocation': (string);
  /**
   * More revocations follow at once; the agent is current only after them.
   */
  'more': (boolean);
  'datastore_id': (string);
  /**
   * At least one message comes in this time, milliseconds.
   */
  'heartbeat_ms': (number);
  /**
   * Tasks of this agent that were ended elsewhere; what they were for, and their scope, is left out.
   */
  'ended_tasks': (_signet_types_v1_TaskOutput)[];
  /**
   * How long tasks outlive the loss of this stream, milliseconds.
   */
  'task_lease_ms': (number);
  /**
   * Tasks were begun for this agent elsewhere: ListTasks tells. What entries say of tasks is part of entries_changed.
   */
  'tasks_changed': (boolean);
  /**
   * Agents have not come back yet since the server started that had tasks then: some may have ended. Until they have, the
   * agent does not know all that was revoked, of tasks.
   */
  'tasks_unsettled': (boolean);
}
