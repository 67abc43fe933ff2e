// Original file: proto/spire/api/types/logger.proto

import type { LogLevelInput as _spire_api_types_LogLevelInput, LogLevelOutput as _spire_api_types_LogLevelOutput } from '../../../spire/api/types/LogLevel.ts';

/**
 * The levels of a logger.
 */
export interface LoggerInput {
  'current_level'?: (_spire_api_types_LogLevelInput);
  'launch_level'?: (_spire_api_types_LogLevelInput);
}

/**
 * The levels of a logger.
 */
export interface LoggerOutput {
  'current_level': (_spire_api_types_LogLevelOutput);
  'launch_level': (_spire_api_types_LogLevelOutput);
}
