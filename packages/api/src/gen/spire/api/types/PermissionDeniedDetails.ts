// Original file: proto/spire/api/types/status.proto


// Original file: proto/spire/api/types/status.proto

/**
 * What was wrong with the agent.
 */
export const _spire_api_types_PermissionDeniedDetails_Reason = {
  UNKNOWN: 'UNKNOWN',
  /**
   * Its certificate is past its end.
   */
  AGENT_EXPIRED: 'AGENT_EXPIRED',
  /**
   * No such node is known.
   */
  AGENT_NOT_ATTESTED: 'AGENT_NOT_ATTESTED',
  /**
   * Another SVID of this agent has taken over.
   */
  AGENT_NOT_ACTIVE: 'AGENT_NOT_ACTIVE',
  /**
   * It was banned.
   */
  AGENT_BANNED: 'AGENT_BANNED',
  /**
   * It can attest again, and has to instead of renewing.
   */
  AGENT_MUST_REATTEST: 'AGENT_MUST_REATTEST',
} as const;

/**
 * What was wrong with the agent.
 */
export type _spire_api_types_PermissionDeniedDetails_ReasonInput =
  | 'UNKNOWN'
  | 0
  /**
   * Its certificate is past its end.
   */
  | 'AGENT_EXPIRED'
  | 1
  /**
   * No such node is known.
   */
  | 'AGENT_NOT_ATTESTED'
  | 2
  /**
   * Another SVID of this agent has taken over.
   */
  | 'AGENT_NOT_ACTIVE'
  | 3
  /**
   * It was banned.
   */
  | 'AGENT_BANNED'
  | 4
  /**
   * It can attest again, and has to instead of renewing.
   */
  | 'AGENT_MUST_REATTEST'
  | 5

/**
 * What was wrong with the agent.
 */
export type _spire_api_types_PermissionDeniedDetails_ReasonOutput = typeof _spire_api_types_PermissionDeniedDetails_Reason[keyof typeof _spire_api_types_PermissionDeniedDetails_Reason]

/**
 * Why an agent was refused: travels in the rich status, and tells the agent what to do next.
 */
export interface PermissionDeniedDetailsInput {
  'reason'?: (_spire_api_types_PermissionDeniedDetails_ReasonInput);
}

/**
 * Why an agent was refused: travels in the rich status, and tells the agent what to do next.
 */
export interface PermissionDeniedDetailsOutput {
  'reason': (_spire_api_types_PermissionDeniedDetails_ReasonOutput);
}
