// Original file: proto/spire/agent/debug/v1/debug.proto


export interface GetInfoRequestInput {
}

export interface GetInfoRequestOutput {
}
