// Original file: proto/spire/api/agent/logger/v1/logger.proto

import type { LogLevelInput as _spire_api_types_LogLevelInput, LogLevelOutput as _spire_api_types_LogLevelOutput } from '../../../../../spire/api/types/LogLevel.ts';

export interface SetLogLevelRequestInput {
  'new_level'?: (_spire_api_types_LogLevelInput);
}

export interface SetLogLevelRequestOutput {
  'new_level': (_spire_api_types_LogLevelOutput);
}
