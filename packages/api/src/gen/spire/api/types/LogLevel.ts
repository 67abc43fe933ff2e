// Original file: proto/spire/api/types/logger.proto

/**
 * From the fewest lines to the most.
 */
export const LogLevel = {
  UNSPECIFIED: 'UNSPECIFIED',
  PANIC: 'PANIC',
  FATAL: 'FATAL',
  ERROR: 'ERROR',
  WARN: 'WARN',
  INFO: 'INFO',
  DEBUG: 'DEBUG',
  TRACE: 'TRACE',
} as const;

/**
 * From the fewest lines to the most.
 */
export type LogLevelInput =
  | 'UNSPECIFIED'
  | 0
  | 'PANIC'
  | 1
  | 'FATAL'
  | 2
  | 'ERROR'
  | 3
  | 'WARN'
  | 4
  | 'INFO'
  | 5
  | 'DEBUG'
  | 6
  | 'TRACE'
  | 7

/**
 * From the fewest lines to the most.
 */
export type LogLevelOutput = typeof LogLevel[keyof typeof LogLevel]
