// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto

import type { AuthorityStateInput as _spire_api_server_localauthority_v1_AuthorityStateInput, AuthorityStateOutput as _spire_api_server_localauthority_v1_AuthorityStateOutput } from '../../../../../spire/api/server/localauthority/v1/AuthorityState.ts';

export interface GetX509AuthorityStateResponseInput {
  'active'?: (_spire_api_server_localauthority_v1_AuthorityStateInput | null);
  'prepared'?: (_spire_api_server_localauthority_v1_AuthorityStateInput | null);
  'old'?: (_spire_api_server_localauthority_v1_AuthorityStateInput | null);
}

export interface GetX509AuthorityStateResponseOutput {
  'active': (_spire_api_server_localauthority_v1_AuthorityStateOutput | null);
  'prepared': (_spire_api_server_localauthority_v1_AuthorityStateOutput | null);
  'old': (_spire_api_server_localauthority_v1_AuthorityStateOutput | null);
}
