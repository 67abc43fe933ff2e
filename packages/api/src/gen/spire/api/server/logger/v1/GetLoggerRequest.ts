// Original file: proto/spire/api/server/logger/v1/logger.proto


export interface GetLoggerRequestInput {
}

export interface GetLoggerRequestOutput {
}
