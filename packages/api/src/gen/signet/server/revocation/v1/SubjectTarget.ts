// Original file: proto/signet/server/revocation/v1/revocation.proto


export interface SubjectTargetInput {
  'spiffe_id'?: (string);
  'is_prefix'?: (boolean);
}

export interface SubjectTargetOutput {
  'spiffe_id': (string);
  'is_prefix': (boolean);
}
