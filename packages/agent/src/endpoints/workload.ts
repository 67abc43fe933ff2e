import type { WorkloadJWTSVIDResponseInput } from '@signet/api';
import type { Bundle } from '@signet/core';
import type { UnixPeer } from '@signet/daemon';
import type { Feed, Sendable } from './workload-view.ts';
import type { JwtSvidRequest } from './workload-request.ts';

/** Where the messages of a stream come from. */
export interface FeedSource {
  readonly peer: UnixPeer;
  /** What can be sent now; an error ends the stream. */
  sendable(): Exclude<Sendable, { kind: 'none' }> | Error;
  /** Calls the listener whenever that may have changed. @returns what ends it. */
  watch(listener: () => void): () => void;
  /** @throws {AttestationError} when the caller is no longer what was attested. */
  requireSame(): void;
}

/** For whom a call is answered: the caller itself, or one of its tasks. */
export interface Workload {
  readonly peer: UnixPeer;
  source(feed: Feed): FeedSource;
  /** @throws as the kind of workload has it. */
  jwtSvids(request: JwtSvidRequest): Promise<WorkloadJWTSVIDResponseInput>;
  /** The own bundle, if there is one, and those of the trust domains that it federates with. */
  bundles(): readonly Bundle[];
}
