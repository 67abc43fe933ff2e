// Original file: proto/signet/workload/v1/workload.proto


export interface EndTaskResponseInput {
}

export interface EndTaskResponseOutput {
}
