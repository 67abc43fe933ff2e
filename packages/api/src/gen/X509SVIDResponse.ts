// Original file: proto/spiffe/workload/workload.proto

import type { X509SVIDInput as _X509SVIDInput, X509SVIDOutput as _X509SVIDOutput } from './X509SVID.ts';

export interface X509SVIDResponseInput {
  'svids'?: (_X509SVIDInput)[];
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl'?: (Buffer | Uint8Array | string)[];
  /**
   * By trust domain ID ("spiffe://name"): concatenated DER CA certificates.
   */
  'federated_bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface X509SVIDResponseOutput {
  'svids': (_X509SVIDOutput)[];
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl': (Buffer)[];
  /**
   * By trust domain ID ("spiffe://name"): concatenated DER CA certificates.
   */
  'federated_bundles': ({[key: string]: Buffer});
}
