import { type handleUnaryCall, Metadata, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { HealthCheckRequestOutput, HealthCheckResponseInput } from '@signet/api';
import { type Metrics, rpcMetricKey } from '@signet/daemon';

/** `grpc.health.v1.Health` for the agent as a whole: serving once it knows what the server says. */
export function healthHandlers(isServing: () => boolean, metrics: Metrics): UntypedServiceImplementation {
  const counter = metrics.callCounter(rpcMetricKey('/grpc.health.v1.Health/Check'));
  const check: handleUnaryCall<HealthCheckRequestOutput, HealthCheckResponseInput> = (call, callback) => {
    const end = counter.start();
    if (call.request.service !== '') {
      end(status.INVALID_ARGUMENT);
      const details = 'per-service health is not supported';
      callback({ code: status.INVALID_ARGUMENT, details, metadata: new Metadata() });
      return;
    }
    end(status.OK);
    callback(null, { status: isServing() ? 'SERVING' : 'NOT_SERVING' });
  };
  return { Check: check };
}
