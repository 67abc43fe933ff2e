// Original file: proto/spire/api/agent/logger/v1/logger.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetLoggerRequestInput as _spire_api_agent_logger_v1_GetLoggerRequestInput, GetLoggerRequestOutput as _spire_api_agent_logger_v1_GetLoggerRequestOutput } from '../../../../../spire/api/agent/logger/v1/GetLoggerRequest.ts';
import type { LoggerInput as _spire_api_types_LoggerInput, LoggerOutput as _spire_api_types_LoggerOutput } from '../../../../../spire/api/types/Logger.ts';
import type { ResetLogLevelRequestInput as _spire_api_agent_logger_v1_ResetLogLevelRequestInput, ResetLogLevelRequestOutput as _spire_api_agent_logger_v1_ResetLogLevelRequestOutput } from '../../../../../spire/api/agent/logger/v1/ResetLogLevelRequest.ts';
import type { SetLogLevelRequestInput as _spire_api_agent_logger_v1_SetLogLevelRequestInput, SetLogLevelRequestOutput as _spire_api_agent_logger_v1_SetLogLevelRequestOutput } from '../../../../../spire/api/agent/logger/v1/SetLogLevelRequest.ts';

/**
 * The log level.
 */
export interface LoggerClient extends grpc.Client {
  /**
   * The current level and the one at launch.
   */
  GetLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  GetLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  GetLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  GetLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  /**
   * The current level and the one at launch.
   */
  getLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  getLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  getLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  getLogger(argument: _spire_api_agent_logger_v1_GetLoggerRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  
  /**
   * Back to the level at launch.
   */
  ResetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  ResetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  ResetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  ResetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  /**
   * Back to the level at launch.
   */
  resetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  resetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  resetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  resetLogLevel(argument: _spire_api_agent_logger_v1_ResetLogLevelRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  
  /**
   * Sets the level until the next restart or reset.
   */
  SetLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  SetLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  SetLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  SetLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  /**
   * Sets the level until the next restart or reset.
   */
  setLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  setLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  setLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  setLogLevel(argument: _spire_api_agent_logger_v1_SetLogLevelRequestInput, callback: grpc.requestCallback<_spire_api_types_LoggerOutput>): grpc.ClientUnaryCall;
  
}

/**
 * The log level.
 */
export interface LoggerHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The current level and the one at launch.
   */
  GetLogger: grpc.handleUnaryCall<_spire_api_agent_logger_v1_GetLoggerRequestOutput, _spire_api_types_LoggerInput>;
  
  /**
   * Back to the level at launch.
   */
  ResetLogLevel: grpc.handleUnaryCall<_spire_api_agent_logger_v1_ResetLogLevelRequestOutput, _spire_api_types_LoggerInput>;
  
  /**
   * Sets the level until the next restart or reset.
   */
  SetLogLevel: grpc.handleUnaryCall<_spire_api_agent_logger_v1_SetLogLevelRequestOutput, _spire_api_types_LoggerInput>;
  
}

export interface LoggerDefinition extends grpc.ServiceDefinition {
  GetLogger: MethodDefinition<_spire_api_agent_logger_v1_GetLoggerRequestInput, _spire_api_types_LoggerInput, _spire_api_agent_logger_v1_GetLoggerRequestOutput, _spire_api_types_LoggerOutput>
  ResetLogLevel: MethodDefinition<_spire_api_agent_logger_v1_ResetLogLevelRequestInput, _spire_api_types_LoggerInput, _spire_api_agent_logger_v1_ResetLogLevelRequestOutput, _spire_api_types_LoggerOutput>
  SetLogLevel: MethodDefinition<_spire_api_agent_logger_v1_SetLogLevelRequestInput, _spire_api_types_LoggerInput, _spire_api_agent_logger_v1_SetLogLevelRequestOutput, _spire_api_types_LoggerOutput>
}
