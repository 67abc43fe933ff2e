// Original file: proto/spiffe/broker/broker.proto


export interface SubscribeToX509BundlesResponseInput {
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl'?: (Buffer | Uint8Array | string)[];
  'bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface SubscribeToX509BundlesResponseOutput {
  /**
   * One DER CRL an element; the complete state each time.
   */
  'crl': (Buffer)[];
  'bundles': ({[key: string]: Buffer});
}
