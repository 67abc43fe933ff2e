// Original file: proto/spiffe/workload/workload.proto


export interface JWTBundlesResponseInput {
  'bundles'?: ({[key: string]: Buffer | Uint8Array | string});
}

export interface JWTBundlesResponseOutput {
  'bundles': ({[key: string]: Buffer});
}
