// Original file: proto/grpc/health/v1/health.proto

import type { HealthCheckResponseInput as _grpc_health_v1_HealthCheckResponseInput, HealthCheckResponseOutput as _grpc_health_v1_HealthCheckResponseOutput } from '../../../grpc/health/v1/HealthCheckResponse.ts';

export interface HealthListResponseInput {
  'statuses'?: ({[key: string]: _grpc_health_v1_HealthCheckResponseInput});
}

export interface HealthListResponseOutput {
  'statuses': ({[key: string]: _grpc_health_v1_HealthCheckResponseOutput});
}
