// Original file: proto/spiffe/workload/workload.proto


export interface X509BundlesRequestInput {
}

export interface X509BundlesRequestOutput {
}
