// Original file: proto/spire/api/agent/logger/v1/logger.proto


export interface GetLoggerRequestInput {
}

export interface GetLoggerRequestOutput {
}
