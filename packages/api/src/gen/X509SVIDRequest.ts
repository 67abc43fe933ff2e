// Original file: proto/spiffe/workload/workload.proto


export interface X509SVIDRequestInput {
}

export interface X509SVIDRequestOutput {
}
