import { type Revocation } from '@signet/core';

/** The revocations that hold, in memory, as agents are told of them. */
export interface RevocationSource {
  /** Highest sequence ever given; 0 for none. */
  readonly latest: number;
  /** Those after that sequence, rising, at most `limit`. */
  after(sequence: number, limit: number): readonly Revocation[];
  /** Calls the listener when there are new ones. @returns ends it. */
  onChange(listener: () => void): () => void;
  /** Hears which revocation an agent holds that comes back: it may be newer than all that are known here. */
  noteReported?(agentUri: string, sequence: number): void;
}

/** A server that revokes nothing. */
export const noRevocations: RevocationSource = {
  latest: 0,
  after: () => [],
  onChange: () => () => undefined,
};
