// Original file: proto/spire/api/server/agent/v1/agent.proto


/**
 * What an agent asks an SVID with.
 */
export interface AgentX509SVIDParamsInput {
  /**
   * PKCS#10, DER.
   */
  'csr'?: (Buffer | Uint8Array | string);
}

/**
 * What an agent asks an SVID with.
 */
export interface AgentX509SVIDParamsOutput {
  /**
   * PKCS#10, DER.
   */
  'csr': (Buffer);
}
