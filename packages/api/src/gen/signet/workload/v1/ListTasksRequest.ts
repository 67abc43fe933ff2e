// Original file: proto/signet/workload/v1/workload.proto


export interface ListTasksRequestInput {
}

export interface ListTasksRequestOutput {
}
