// Original file: proto/spiffe/workload/workload.proto


export interface X509BundlesResponseInput {
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl'?: (Buffer | Uint8Array | string)[];
  'bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface X509BundlesResponseOutput {
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl': (Buffer)[];
  'bundles': ({[key: string]: Buffer});
}
