// Original file: proto/signet/agent/v1/agent.proto


export interface ListTaskEntriesRequestInput {
}

export interface ListTaskEntriesRequestOutput {
}
