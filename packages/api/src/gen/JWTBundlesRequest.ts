// Original file: proto/spiffe/workload/workload.proto


export interface JWTBundlesRequestInput {
}

export interface JWTBundlesRequestOutput {
}
