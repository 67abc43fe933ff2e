// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';
import type { FederationRelationshipInput as _spire_api_types_FederationRelationshipInput, FederationRelationshipOutput as _spire_api_types_FederationRelationshipOutput } from '../../../../../spire/api/types/FederationRelationship.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'federation_relationship'?: (_spire_api_types_FederationRelationshipInput | null);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'federation_relationship': (_spire_api_types_FederationRelationshipOutput | null);
}

export interface BatchCreateFederationRelationshipResponseInput {
  'results'?: (_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponse_ResultInput)[];
}

export interface BatchCreateFederationRelationshipResponseOutput {
  'results': (_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponse_ResultOutput)[];
}
