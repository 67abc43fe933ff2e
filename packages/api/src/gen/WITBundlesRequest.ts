// Original file: proto/spiffe/workload/workload.proto


export interface WITBundlesRequestInput {
}

export interface WITBundlesRequestOutput {
}
