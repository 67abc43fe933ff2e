// Original file: proto/spire/api/types/federationrelationship.proto


/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface FederationRelationshipMaskInput {
  'bundle_endpoint_url'?: (boolean);
  'bundle_endpoint_profile'?: (boolean);
  'trust_domain_bundle'?: (boolean);
}

/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface FederationRelationshipMaskOutput {
  'bundle_endpoint_url': (boolean);
  'bundle_endpoint_profile': (boolean);
  'trust_domain_bundle': (boolean);
}
