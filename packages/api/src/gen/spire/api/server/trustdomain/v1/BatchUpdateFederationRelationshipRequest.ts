// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { FederationRelationshipInput as _spire_api_types_FederationRelationshipInput, FederationRelationshipOutput as _spire_api_types_FederationRelationshipOutput } from '../../../../../spire/api/types/FederationRelationship.ts';
import type { FederationRelationshipMaskInput as _spire_api_types_FederationRelationshipMaskInput, FederationRelationshipMaskOutput as _spire_api_types_FederationRelationshipMaskOutput } from '../../../../../spire/api/types/FederationRelationshipMask.ts';

export interface BatchUpdateFederationRelationshipRequestInput {
  'federation_relationships'?: (_spire_api_types_FederationRelationshipInput)[];
  /**
   * Which fields to take; absent means all.
   */
  'input_mask'?: (_spire_api_types_FederationRelationshipMaskInput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_FederationRelationshipMaskInput | null);
}

export interface BatchUpdateFederationRelationshipRequestOutput {
  'federation_relationships': (_spire_api_types_FederationRelationshipOutput)[];
  /**
   * Which fields to take; absent means all.
   */
  'input_mask': (_spire_api_types_FederationRelationshipMaskOutput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_FederationRelationshipMaskOutput | null);
}
