import { afterAll, beforeAll } from '@jest/globals';
import type { Datastore } from '@signet/server/datastore';
import { STORE_TIME } from './store-samples.ts';

/** A clock that stands still until it is set. */
export interface SettableClock {
  nowMs(): number;
  set(seconds: number): void;
}

/** An empty datastore of some engine, with the clock it goes by. */
export interface OpenedEngine {
  readonly datastore: Datastore;
  /** Closes the datastore and removes what it left. */
  dispose(): Promise<void>;
}

/** Opens an empty datastore; what a store suite is run against. */
export type OpenEngine = (clock: SettableClock) => Promise<OpenedEngine>;

/** What the tests of a suite work with. */
export interface StoreUnderTest {
  readonly clock: SettableClock;
  readonly datastore: Datastore;
}

/** A clock for store tests. */
export function settableClock(): SettableClock {
  let seconds = STORE_TIME;
  return {
    nowMs: () => seconds * 1000,
    set: (to) => {
      seconds = to;
    },
  };
}

/**
 * Opens one datastore for the suite around it. Tests share it, because opening is slow; each works on names of its own
 * and looks at nothing else.
 */
export function useEngine(open: OpenEngine): () => StoreUnderTest {
  const clock = settableClock();
  let opened: OpenedEngine | undefined;
  beforeAll(async () => {
    opened = await open(clock);
  });
  afterAll(async () => {
    await opened?.dispose();
  });
  return () => {
    if (opened === undefined) throw new Error('the datastore did not open');
    return { clock, datastore: opened.datastore };
  };
}
