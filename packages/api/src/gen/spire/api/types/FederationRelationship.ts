// Original file: proto/spire/api/types/federationrelationship.proto

import type { HTTPSWebProfileInput as _spire_api_types_HTTPSWebProfileInput, HTTPSWebProfileOutput as _spire_api_types_HTTPSWebProfileOutput } from '../../../spire/api/types/HTTPSWebProfile.ts';
import type { HTTPSSPIFFEProfileInput as _spire_api_types_HTTPSSPIFFEProfileInput, HTTPSSPIFFEProfileOutput as _spire_api_types_HTTPSSPIFFEProfileOutput } from '../../../spire/api/types/HTTPSSPIFFEProfile.ts';
import type { BundleInput as _spire_api_types_BundleInput, BundleOutput as _spire_api_types_BundleOutput } from '../../../spire/api/types/Bundle.ts';

/**
 * How the bundle of another trust domain is fetched.
 */
export interface FederationRelationshipInput {
  'trust_domain'?: (string);
  'bundle_endpoint_url'?: (string);
  'https_web'?: (_spire_api_types_HTTPSWebProfileInput | null);
  'https_spiffe'?: (_spire_api_types_HTTPSSPIFFEProfileInput | null);
  'trust_domain_bundle'?: (_spire_api_types_BundleInput | null);
  'bundle_endpoint_profile'?: "https_web"|"https_spiffe";
}

/**
 * How the bundle of another trust domain is fetched.
 */
export interface FederationRelationshipOutput {
  'trust_domain': (string);
  'bundle_endpoint_url': (string);
  'https_web'?: (_spire_api_types_HTTPSWebProfileOutput | null);
  'https_spiffe'?: (_spire_api_types_HTTPSSPIFFEProfileOutput | null);
  'trust_domain_bundle': (_spire_api_types_BundleOutput | null);
  'bundle_endpoint_profile'?: "https_web"|"https_spiffe";
}
