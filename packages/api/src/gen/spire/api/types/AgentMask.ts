// Original file: proto/spire/api/types/agent.proto


/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface AgentMaskInput {
  'attestation_type'?: (boolean);
  'x509svid_serial_number'?: (boolean);
  /**
   * Unix seconds.
   */
  'x509svid_expires_at'?: (boolean);
  'selectors'?: (boolean);
  'banned'?: (boolean);
  'can_reattest'?: (boolean);
  'agent_version'?: (boolean);
}

/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface AgentMaskOutput {
  'attestation_type': (boolean);
  'x509svid_serial_number': (boolean);
  /**
   * Unix seconds.
   */
  'x509svid_expires_at': (boolean);
  'selectors': (boolean);
  'banned': (boolean);
  'can_reattest': (boolean);
  'agent_version': (boolean);
}
