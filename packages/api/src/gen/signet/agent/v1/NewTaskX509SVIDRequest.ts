// Original file: proto/signet/agent/v1/agent.proto


export interface NewTaskX509SVIDRequestInput {
  'task_id'?: (string);
  /**
   * PKCS#10, DER; only its key is used.
   */
  'csr'?: (Buffer | Uint8Array | string);
}

export interface NewTaskX509SVIDRequestOutput {
  'task_id': (string);
  /**
   * PKCS#10, DER; only its key is used.
   */
  'csr': (Buffer);
}
