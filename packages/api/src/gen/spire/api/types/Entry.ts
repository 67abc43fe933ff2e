// Original file: proto/spire/api/types/entry.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../spire/api/types/SPIFFEID.ts';
import type { SelectorInput as _spire_api_types_SelectorInput, SelectorOutput as _spire_api_types_SelectorOutput } from '../../../spire/api/types/Selector.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * Attributes that were added to entries later.
 */
export interface _spire_api_types_Entry_AdditionalAttributesInput {
  /**
   * The X.509-SVID is fetched when it is first asked for.
   */
  'disable_x509_svid_prefetch'?: (boolean);
  /**
   * Each JWT-SVID has a unique "jti".
   */
  'jwt_svid_include_jti'?: (boolean);
}

/**
 * Attributes that were added to entries later.
 */
export interface _spire_api_types_Entry_AdditionalAttributesOutput {
  /**
   * The X.509-SVID is fetched when it is first asked for.
   */
  'disable_x509_svid_prefetch': (boolean);
  /**
   * Each JWT-SVID has a unique "jti".
   */
  'jwt_svid_include_jti': (boolean);
}

/**
 * Says that a workload with these selectors, below this parent, may have this SPIFFE ID.
 */
export interface EntryInput {
  'id'?: (string);
  'spiffe_id'?: (_spire_api_types_SPIFFEIDInput | null);
  'parent_id'?: (_spire_api_types_SPIFFEIDInput | null);
  'selectors'?: (_spire_api_types_SelectorInput)[];
  /**
   * Seconds; 0 means the default.
   */
  'x509_svid_ttl'?: (number);
  /**
   * Trust domains whose bundles the workload gets.
   */
  'federates_with'?: (string)[];
  /**
   * May call the management RPCs.
   */
  'admin'?: (boolean);
  /**
   * May ask for an intermediate CA.
   */
  'downstream'?: (boolean);
  /**
   * Unix seconds; 0 means never.
   */
  'expires_at'?: (number | string | Long);
  /**
   * DNS names of the X.509-SVID; the first is its common name too.
   */
  'dns_names'?: (string)[];
  /**
   * 0 at creation, one more at each update.
   */
  'revision_number'?: (number | string | Long);
  /**
   * The SVID goes to a secret store instead of the Workload API.
   */
  'store_svid'?: (boolean);
  /**
   * Seconds; 0 means the default.
   */
  'jwt_svid_ttl'?: (number);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
  /**
   * Unix seconds.
   */
  'created_at'?: (number | string | Long);
  'additional_attributes'?: (_spire_api_types_Entry_AdditionalAttributesInput | null);
  '_additional_attributes'?: "additional_attributes";
}

/**
 * Says that a workload with these selectors, below this parent, may have this SPIFFE ID.
 */
export interface EntryOutput {
  'id': (string);
  'spiffe_id': (_spire_api_types_SPIFFEIDOutput | null);
  'parent_id': (_spire_api_types_SPIFFEIDOutput | null);
  'selectors': (_spire_api_types_SelectorOutput)[];
  /**
   * Seconds; 0 means the default.
   */
  'x509_svid_ttl': (number);
  /**
   * Trust domains whose bundles the workload gets.
   */
  'federates_with': (string)[];
  /**
   * May call the management RPCs.
   */
  'admin': (boolean);
  /**
   * May ask for an intermediate CA.
   */
  'downstream': (boolean);
  /**
   * Unix seconds; 0 means never.
   */
  'expires_at': (string);
  /**
   * DNS names of the X.509-SVID; the first is its common name too.
   */
  'dns_names': (string)[];
  /**
   * 0 at creation, one more at each update.
   */
  'revision_number': (string);
  /**
   * The SVID goes to a secret store instead of the Workload API.
   */
  'store_svid': (boolean);
  /**
   * Seconds; 0 means the default.
   */
  'jwt_svid_ttl': (number);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
  /**
   * Unix seconds.
   */
  'created_at': (string);
  'additional_attributes'?: (_spire_api_types_Entry_AdditionalAttributesOutput | null);
  '_additional_attributes'?: "additional_attributes";
}
