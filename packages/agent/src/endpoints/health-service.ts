import { type handleUnaryCall, Metadata, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { HealthCheckRequestOutput, HealthCheckResponseInput } from '@signet/api';

/** `grpc.health.v1.Health` for the agent as a whole: serving once it knows what the server says. */
export function healthHandlers(isServing: () => boolean): UntypedServiceImplementation {
  const check: handleUnaryCall<HealthCheckRequestOutput, HealthCheckResponseInput> = (call, callback) => {
    if (call.request.service !== '') {
      const details = 'per-service health is not supported';
      callback({ code: status.INVALID_ARGUMENT, details, metadata: new Metadata() });
      return;
    }
    callback(null, { status: isServing() ? 'SERVING' : 'NOT_SERVING' });
  };
  return { Check: check };
}
