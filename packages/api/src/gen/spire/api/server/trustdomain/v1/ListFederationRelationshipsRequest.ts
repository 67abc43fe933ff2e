// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type { FederationRelationshipMaskInput as _spire_api_types_FederationRelationshipMaskInput, FederationRelationshipMaskOutput as _spire_api_types_FederationRelationshipMaskOutput } from '../../../../../spire/api/types/FederationRelationshipMask.ts';

export interface ListFederationRelationshipsRequestInput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_FederationRelationshipMaskInput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size'?: (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token'?: (string);
}

export interface ListFederationRelationshipsRequestOutput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_FederationRelationshipMaskOutput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size': (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token': (string);
}
