// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto

import type { AuthorityStateInput as _spire_api_server_localauthority_v1_AuthorityStateInput, AuthorityStateOutput as _spire_api_server_localauthority_v1_AuthorityStateOutput } from '../../../../../spire/api/server/localauthority/v1/AuthorityState.ts';

export interface TaintWITAuthorityResponseInput {
  'tainted_authority'?: (_spire_api_server_localauthority_v1_AuthorityStateInput | null);
}

export interface TaintWITAuthorityResponseOutput {
  'tainted_authority': (_spire_api_server_localauthority_v1_AuthorityStateOutput | null);
}
