// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { SelectorMatchInput as _spire_api_types_SelectorMatchInput, SelectorMatchOutput as _spire_api_types_SelectorMatchOutput } from '../../../../../spire/api/types/SelectorMatch.ts';
import type { BoolValueInput as _google_protobuf_BoolValueInput, BoolValueOutput as _google_protobuf_BoolValueOutput } from '../../../../../google/protobuf/BoolValue.ts';

/**
 * All that are set must hold.
 */
export interface _spire_api_server_agent_v1_CountAgentsRequest_FilterInput {
  'by_attestation_type'?: (string);
  'by_selector_match'?: (_spire_api_types_SelectorMatchInput | null);
  'by_banned'?: (_google_protobuf_BoolValueInput | null);
  'by_can_reattest'?: (_google_protobuf_BoolValueInput | null);
  /**
   * Date and time as "2006-01-02 15:04:05 -0700 -07".
   */
  'by_expires_before'?: (string);
}

/**
 * All that are set must hold.
 */
export interface _spire_api_server_agent_v1_CountAgentsRequest_FilterOutput {
  'by_attestation_type': (string);
  'by_selector_match': (_spire_api_types_SelectorMatchOutput | null);
  'by_banned': (_google_protobuf_BoolValueOutput | null);
  'by_can_reattest': (_google_protobuf_BoolValueOutput | null);
  /**
   * Date and time as "2006-01-02 15:04:05 -0700 -07".
   */
  'by_expires_before': (string);
}

export interface CountAgentsRequestInput {
  'filter'?: (_spire_api_server_agent_v1_CountAgentsRequest_FilterInput | null);
}

export interface CountAgentsRequestOutput {
  'filter': (_spire_api_server_agent_v1_CountAgentsRequest_FilterOutput | null);
}
