// Original file: proto/signet/agent/v1/agent.proto


export interface GetStatusDocumentsRequestInput {
}

export interface GetStatusDocumentsRequestOutput {
}
