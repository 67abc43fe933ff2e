// Original file: proto/grpc/health/v1/health.proto


export interface HealthListRequestInput {
}

export interface HealthListRequestOutput {
}
