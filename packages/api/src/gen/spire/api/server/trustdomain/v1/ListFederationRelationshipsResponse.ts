// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { FederationRelationshipInput as _spire_api_types_FederationRelationshipInput, FederationRelationshipOutput as _spire_api_types_FederationRelationshipOutput } from '../../../../../spire/api/types/FederationRelationship.ts';

export interface ListFederationRelationshipsResponseInput {
  'federation_relationships'?: (_spire_api_types_FederationRelationshipInput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token'?: (string);
}

export interface ListFederationRelationshipsResponseOutput {
  'federation_relationships': (_spire_api_types_FederationRelationshipOutput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token': (string);
}
