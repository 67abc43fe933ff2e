// Original file: proto/signet/workload/v1/workload.proto

import type { RevocationInput as _signet_types_v1_RevocationInput, RevocationOutput as _signet_types_v1_RevocationOutput } from '../../../signet/types/v1/Revocation.ts';
import type { Long } from '@grpc/proto-loader';

export interface WatchRevocationsResponseInput {
  /**
   * By rising sequence.
   */
  'revocations'?: (_signet_types_v1_RevocationInput)[];
  /**
   * They are all that hold, not what came since.
   */
  'is_full_state'?: (boolean);
  /**
   * More follow at once.
   */
  'more'?: (boolean);
  /**
   * Newest sequence that the agent holds.
   */
  'revocation'?: (number | string | Long);
  /**
   * How long ago, milliseconds, the agent was last known to be current with its server; 0 while it is connected.
   */
  'age_ms'?: (number | string | Long);
  /**
   * At least one message comes in this time, milliseconds.
   */
  'heartbeat_ms'?: (number);
  /**
   * The agent has a feed from its server at all; false against a server without one.
   */
  'is_supported'?: (boolean);
  /**
   * Name of the trust domain that the revocations are of.
   */
  'trust_domain'?: (string);
  /**
   * The server refuses this agent, which will hear of nothing any more: what it was last current with is as good as not known.
   */
  'is_over'?: (boolean);
}

export interface WatchRevocationsResponseOutput {
  /**
   * By rising sequence.
   */
  'revocations': (_signet_types_v1_RevocationOutput)[];
  /**
   * They are all that hold, not what came since.
   */
  'is_full_state': (boolean);
  /**
   * More follow at once.
   */
  'more': (boolean);
  /**
   * Newest sequence that the agent holds.
   */
  'revocation': (string);
  /**
   * How long ago, milliseconds, the agent was last known to be current with its server; 0 while it is connected.
   */
  'age_ms': (string);
  /**
   * At least one message comes in this time, milliseconds.
   */
  'heartbeat_ms': (number);
  /**
   * The agent has a feed from its server at all; false against a server without one.
   */
  'is_supported': (boolean);
  /**
   * Name of the trust domain that the revocations are of.
   */
  'trust_domain': (string);
  /**
   * The server refuses this agent, which will hear of nothing any more: what it was last current with is as good as not known.
   */
  'is_over': (boolean);
}
