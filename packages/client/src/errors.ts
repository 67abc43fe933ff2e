import { SignetError } from '@signet/core';

/** A call to the Workload API failed, or its answer could not be used. `details.grpcCode` is the status, if any. */
export class WorkloadApiError extends SignetError {}

/** The peer of a connection is not who it should be. No data was taken from it or given to it. */
export class PeerRefusedError extends SignetError {}
