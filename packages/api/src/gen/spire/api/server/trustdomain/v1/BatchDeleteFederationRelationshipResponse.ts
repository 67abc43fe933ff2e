// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'trust_domain'?: (string);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'trust_domain': (string);
}

export interface BatchDeleteFederationRelationshipResponseInput {
  'results'?: (_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponse_ResultInput)[];
}

export interface BatchDeleteFederationRelationshipResponseOutput {
  'results': (_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponse_ResultOutput)[];
}
