import { type healthService } from '@signet/api';
import { SignetError, type TrustDomain } from '@signet/core';
import { type BundleStore } from '../datastore/bundle-store.ts';
import { type Handlers } from './service-host.ts';

/** What the health check looks at. */
export interface HealthServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly bundles: Pick<BundleStore, 'get'>;
}

/** The handlers of `grpc.health.v1.Health`. @spec spire-server-api §11 */
export function createHealthService(deps: HealthServiceDeps): Handlers<typeof healthService> {
  return {
    Check: async ({ service }) => {
      if (service !== '')
        throw new SignetError('ERR_INVALID_ARGUMENT', 'per-service health is not supported');
      const bundle = await deps.bundles.get(deps.trustDomain);
      return { status: bundle === undefined ? 'NOT_SERVING' : 'SERVING' };
    },
  };
}
