// Original file: proto/spiffe/broker/broker.proto


export interface SubscribeToJWTBundlesResponseInput {
  'bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface SubscribeToJWTBundlesResponseOutput {
  'bundles': ({[key: string]: Buffer});
}
