import { MAX_TASKS_OF_AGENT } from '@signet/core';
import { defaultUnixLimits, openFileLimit } from '@signet/daemon';
import type { AllowanceLimits } from './begin-allowance.ts';

/** How many tasks may be active, and what they may take. */
export interface TaskLimits {
  readonly total: number;
  readonly perUser: number;
  /** of them, those with a socket of their own. */
  readonly trees: number;
  readonly treesPerUser: number;
  /** connections to the sockets of all tasks together. */
  readonly connections: number;
  readonly connectionsPerUser: number;
  readonly begins: AllowanceLimits;
}

const FILES_PER_TREE = 4;
const FILES_PER_CONNECTION = 4;
const LEAST = 16;
const MOST_TREES = 1_024;
const MOST_CONNECTIONS = 2_048;
// A burst is a batch of work that starts together.
const BEGINS: AllowanceLimits = { perSecond: 20, burst: 1_000 };

/** How many connections the Workload API's own socket may have: three quarters of the open files. */
export function ordinaryConnections(openFiles: number = openFileLimit()): number {
  const affordable = Math.floor((openFiles * 3) / 4 / FILES_PER_CONNECTION);
  return Math.max(LEAST, Math.min(defaultUnixLimits.maxConnections, affordable));
}

/**
 * The limits, as the last quarter of the open files that this process may have allows them: each task holds one for its
 * process. No user has more than half.
 */
export function taskLimits(openFiles: number = openFileLimit()): TaskLimits {
  const quarter = openFiles / 4;
  const bounded = (most: number, files: number): number => Math.max(LEAST, Math.min(most, Math.floor(files)));
  const total = bounded(MAX_TASKS_OF_AGENT, quarter / 2);
  const trees = bounded(MOST_TREES, quarter / 4 / FILES_PER_TREE);
  const connections = bounded(MOST_CONNECTIONS, quarter / 4 / FILES_PER_CONNECTION);
  return {
    total,
    perUser: Math.floor(total / 2),
    trees,
    treesPerUser: Math.floor(trees / 2),
    connections,
    connectionsPerUser: Math.floor(connections / 2),
    begins: BEGINS,
  };
}
