import { SignetError } from '@signet/core';

/**
 * A call to the Workload API failed, its answer could not be used, or there is no identity now.
 * `details.grpcCode` is the gRPC status, if there was one.
 */
export class WorkloadApiError extends SignetError {}

/**
 * The peer of a connection is not who it should be, or did not prove it in time. No data was taken from it or given
 * to it.
 */
export class PeerRefusedError extends SignetError {}
