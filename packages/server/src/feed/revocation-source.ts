import { type Revocation } from '@signet/core';

/** The revocations that hold, in memory, as agents are told of them. */
export interface RevocationSource {
  /** Highest sequence ever given; 0 for none. */
  readonly latest: number;
  /** Those after that sequence, rising, at most `limit`. */
  after(sequence: number, limit: number): readonly Revocation[];
  /** Calls the listener when there are new ones. @returns ends it. */
  onChange(listener: () => void): () => void;
  /** Whether that is the newest sequence or one of those that hold: who has it needs only what came after it. */
  knows(sequence: number): boolean;
  /** Hears of an agent that comes back with a revocation which is not known here. */
  noteUnknown?(agentUri: string, sequence: number): void;
}

/** A server that revokes nothing. */
export const noRevocations: RevocationSource = {
  latest: 0,
  after: () => [],
  knows: () => false,
  onChange: () => () => undefined,
};
