// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { AgentMaskInput as _spire_api_types_AgentMaskInput, AgentMaskOutput as _spire_api_types_AgentMaskOutput } from '../../../../../spire/api/types/AgentMask.ts';
import type { SelectorMatchInput as _spire_api_types_SelectorMatchInput, SelectorMatchOutput as _spire_api_types_SelectorMatchOutput } from '../../../../../spire/api/types/SelectorMatch.ts';
import type { BoolValueInput as _google_protobuf_BoolValueInput, BoolValueOutput as _google_protobuf_BoolValueOutput } from '../../../../../google/protobuf/BoolValue.ts';

/**
 * All that are set must hold.
 */
export interface _spire_api_server_agent_v1_ListAgentsRequest_FilterInput {
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
export interface _spire_api_server_agent_v1_ListAgentsRequest_FilterOutput {
  'by_attestation_type': (string);
  'by_selector_match': (_spire_api_types_SelectorMatchOutput | null);
  'by_banned': (_google_protobuf_BoolValueOutput | null);
  'by_can_reattest': (_google_protobuf_BoolValueOutput | null);
  /**
   * Date and time as "2006-01-02 15:04:05 -0700 -07".
   */
  'by_expires_before': (string);
}

export interface ListAgentsRequestInput {
  'filter'?: (_spire_api_server_agent_v1_ListAgentsRequest_FilterInput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_AgentMaskInput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size'?: (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token'?: (string);
}

export interface ListAgentsRequestOutput {
  'filter': (_spire_api_server_agent_v1_ListAgentsRequest_FilterOutput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_AgentMaskOutput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size': (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token': (string);
}
