// Original file: proto/signet/server/revocation/v1/revocation.proto


export interface SubjectInput {
  'spiffe_id'?: (string);
  'is_prefix'?: (boolean);
}

export interface SubjectOutput {
  'spiffe_id': (string);
  'is_prefix': (boolean);
}
