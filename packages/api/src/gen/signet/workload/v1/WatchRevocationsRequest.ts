// Original file: proto/signet/workload/v1/workload.proto


export interface WatchRevocationsRequestInput {
}

export interface WatchRevocationsRequestOutput {
}
