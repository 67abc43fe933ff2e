// Original file: proto/spiffe/workload/workload.proto


export interface WITBundlesResponseInput {
  'bundles'?: ({[key: string]: string});
}

export interface WITBundlesResponseOutput {
  'bundles': ({[key: string]: string});
}
