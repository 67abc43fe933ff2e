// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto


export interface TaintWITAuthorityRequestInput {
  'authority_id'?: (string);
}

export interface TaintWITAuthorityRequestOutput {
  'authority_id': (string);
}
