// Original file: proto/spire/api/agent/logger/v1/logger.proto


export interface ResetLogLevelRequestInput {
}

export interface ResetLogLevelRequestOutput {
}
