import type { Seconds } from '../time.ts';

/** Most tasks above a task. */
export const MAX_TASK_DEPTH = 8;
/** Most active tasks of one entry on one agent. */
export const MAX_TASKS_OF_ENTRY = 1_000;
/** Most active tasks on one agent. */
export const MAX_TASKS_OF_AGENT = 10_000;
/** Most tasks of an agent that have ended and left SVIDs that are still valid: every verifier has to know each of them. */
export const MAX_REVOKED_TASKS_OF_AGENT = 50_000;
/** Most audiences, and most destinations, of a task. */
export const MAX_TASK_NAMES = 32;
/** Longest audience, characters. */
export const MAX_TASK_AUDIENCE_CHARACTERS = 512;
/** Longest that audiences and destinations are together, characters. */
export const MAX_TASK_SCOPE_CHARACTERS = 8_192;
/** Longest purpose, and longest word of who ended a task, characters. */
export const MAX_TASK_TEXT_CHARACTERS = 256;
/** Longest that a task may last when its entry does not say. */
export const DEFAULT_TASK_TTL: Seconds = 24 * 3600;
/** Longest that an entry may let its tasks last. */
export const MAX_TASK_TTL: Seconds = 30 * 24 * 3600;
/** Longest that tasks may go on while the server cannot be reached. */
export const MAX_TASK_OFFLINE_LEASE: Seconds = 24 * 3600;
/** Largest budget. */
export const MAX_TASK_BUDGET = 1_000_000;
