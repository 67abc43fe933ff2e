// Original file: proto/signet/agent/v1/agent.proto


export interface ListTasksRequestInput {
}

export interface ListTasksRequestOutput {
}
