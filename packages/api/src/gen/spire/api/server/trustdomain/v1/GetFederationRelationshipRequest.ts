// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { FederationRelationshipMaskInput as _spire_api_types_FederationRelationshipMaskInput, FederationRelationshipMaskOutput as _spire_api_types_FederationRelationshipMaskOutput } from '../../../../../spire/api/types/FederationRelationshipMask.ts';

export interface GetFederationRelationshipRequestInput {
  'trust_domain'?: (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_FederationRelationshipMaskInput | null);
}

export interface GetFederationRelationshipRequestOutput {
  'trust_domain': (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_FederationRelationshipMaskOutput | null);
}
