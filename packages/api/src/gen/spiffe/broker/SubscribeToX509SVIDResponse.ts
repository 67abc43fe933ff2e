// Original file: proto/spiffe/broker/broker.proto

import type { X509SVIDInput as _spiffe_broker_X509SVIDInput, X509SVIDOutput as _spiffe_broker_X509SVIDOutput } from '../../spiffe/broker/X509SVID.ts';

export interface SubscribeToX509SVIDResponseInput {
  'svids'?: (_spiffe_broker_X509SVIDInput)[];
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl'?: (Buffer | Uint8Array | string)[];
  /**
   * By trust domain ID ("spiffe://name"): concatenated DER CA certificates.
   */
  'federated_bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface SubscribeToX509SVIDResponseOutput {
  'svids': (_spiffe_broker_X509SVIDOutput)[];
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl': (Buffer)[];
  /**
   * By trust domain ID ("spiffe://name"): concatenated DER CA certificates.
   */
  'federated_bundles': ({[key: string]: Buffer});
}
