// Original file: proto/spire/api/server/svid/v1/svid.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BatchNewWITSVIDRequestInput as _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, BatchNewWITSVIDRequestOutput as _spire_api_server_svid_v1_BatchNewWITSVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/BatchNewWITSVIDRequest.ts';
import type { BatchNewWITSVIDResponseInput as _spire_api_server_svid_v1_BatchNewWITSVIDResponseInput, BatchNewWITSVIDResponseOutput as _spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/BatchNewWITSVIDResponse.ts';
import type { BatchNewX509SVIDRequestInput as _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, BatchNewX509SVIDRequestOutput as _spire_api_server_svid_v1_BatchNewX509SVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/BatchNewX509SVIDRequest.ts';
import type { BatchNewX509SVIDResponseInput as _spire_api_server_svid_v1_BatchNewX509SVIDResponseInput, BatchNewX509SVIDResponseOutput as _spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/BatchNewX509SVIDResponse.ts';
import type { MintJWTSVIDRequestInput as _spire_api_server_svid_v1_MintJWTSVIDRequestInput, MintJWTSVIDRequestOutput as _spire_api_server_svid_v1_MintJWTSVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/MintJWTSVIDRequest.ts';
import type { MintJWTSVIDResponseInput as _spire_api_server_svid_v1_MintJWTSVIDResponseInput, MintJWTSVIDResponseOutput as _spire_api_server_svid_v1_MintJWTSVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/MintJWTSVIDResponse.ts';
import type { MintWITSVIDRequestInput as _spire_api_server_svid_v1_MintWITSVIDRequestInput, MintWITSVIDRequestOutput as _spire_api_server_svid_v1_MintWITSVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/MintWITSVIDRequest.ts';
import type { MintWITSVIDResponseInput as _spire_api_server_svid_v1_MintWITSVIDResponseInput, MintWITSVIDResponseOutput as _spire_api_server_svid_v1_MintWITSVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/MintWITSVIDResponse.ts';
import type { MintX509SVIDRequestInput as _spire_api_server_svid_v1_MintX509SVIDRequestInput, MintX509SVIDRequestOutput as _spire_api_server_svid_v1_MintX509SVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/MintX509SVIDRequest.ts';
import type { MintX509SVIDResponseInput as _spire_api_server_svid_v1_MintX509SVIDResponseInput, MintX509SVIDResponseOutput as _spire_api_server_svid_v1_MintX509SVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/MintX509SVIDResponse.ts';
import type { NewDownstreamX509CARequestInput as _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, NewDownstreamX509CARequestOutput as _spire_api_server_svid_v1_NewDownstreamX509CARequestOutput } from '../../../../../spire/api/server/svid/v1/NewDownstreamX509CARequest.ts';
import type { NewDownstreamX509CAResponseInput as _spire_api_server_svid_v1_NewDownstreamX509CAResponseInput, NewDownstreamX509CAResponseOutput as _spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput } from '../../../../../spire/api/server/svid/v1/NewDownstreamX509CAResponse.ts';
import type { NewJWTSVIDRequestInput as _spire_api_server_svid_v1_NewJWTSVIDRequestInput, NewJWTSVIDRequestOutput as _spire_api_server_svid_v1_NewJWTSVIDRequestOutput } from '../../../../../spire/api/server/svid/v1/NewJWTSVIDRequest.ts';
import type { NewJWTSVIDResponseInput as _spire_api_server_svid_v1_NewJWTSVIDResponseInput, NewJWTSVIDResponseOutput as _spire_api_server_svid_v1_NewJWTSVIDResponseOutput } from '../../../../../spire/api/server/svid/v1/NewJWTSVIDResponse.ts';

/**
 * Issuing and minting of SVIDs.
 */
export interface SVIDClient extends grpc.Client {
  /**
   * WIT-SVIDs for entries of the calling agent.
   */
  BatchNewWITSVID(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewWITSVID(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewWITSVID(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewWITSVID(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * WIT-SVIDs for entries of the calling agent.
   */
  batchNewWitsvid(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewWitsvid(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewWitsvid(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewWitsvid(argument: _spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * X.509-SVIDs for entries of the calling agent; each has its own result, in order.
   */
  BatchNewX509SVID(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewX509SVID(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewX509SVID(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  BatchNewX509SVID(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * X.509-SVIDs for entries of the calling agent; each has its own result, in order.
   */
  batchNewX509Svid(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewX509Svid(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewX509Svid(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  batchNewX509Svid(argument: _spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Signs a JWT-SVID for an operator, without an entry.
   */
  MintJWTSVID(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintJWTSVID(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintJWTSVID(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintJWTSVID(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Signs a JWT-SVID for an operator, without an entry.
   */
  mintJwtsvid(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintJwtsvid(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintJwtsvid(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintJwtsvid(argument: _spire_api_server_svid_v1_MintJWTSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Signs a WIT-SVID for an operator, without an entry.
   */
  MintWITSVID(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintWITSVID(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintWITSVID(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  MintWITSVID(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Signs a WIT-SVID for an operator, without an entry.
   */
  mintWitsvid(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintWitsvid(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintWitsvid(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  mintWitsvid(argument: _spire_api_server_svid_v1_MintWITSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintWITSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Signs an X.509-SVID for the CSR of an operator, without an entry.
   */
  MintX509SVID(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  MintX509SVID(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  MintX509SVID(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  MintX509SVID(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Signs an X.509-SVID for the CSR of an operator, without an entry.
   */
  mintX509Svid(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  mintX509Svid(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  mintX509Svid(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  mintX509Svid(argument: _spire_api_server_svid_v1_MintX509SVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_MintX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * An intermediate CA for a downstream server.
   */
  NewDownstreamX509CA(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  NewDownstreamX509CA(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  NewDownstreamX509CA(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  NewDownstreamX509CA(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  /**
   * An intermediate CA for a downstream server.
   */
  newDownstreamX509Ca(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  newDownstreamX509Ca(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  newDownstreamX509Ca(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  newDownstreamX509Ca(argument: _spire_api_server_svid_v1_NewDownstreamX509CARequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * A JWT-SVID for an entry of the calling agent.
   */
  NewJWTSVID(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * A JWT-SVID for an entry of the calling agent.
   */
  newJwtsvid(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _spire_api_server_svid_v1_NewJWTSVIDRequestInput, callback: grpc.requestCallback<_spire_api_server_svid_v1_NewJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Issuing and minting of SVIDs.
 */
export interface SVIDHandlers extends grpc.UntypedServiceImplementation {
  /**
   * WIT-SVIDs for entries of the calling agent.
   */
  BatchNewWITSVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_BatchNewWITSVIDRequestOutput, _spire_api_server_svid_v1_BatchNewWITSVIDResponseInput>;
  
  /**
   * X.509-SVIDs for entries of the calling agent; each has its own result, in order.
   */
  BatchNewX509SVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_BatchNewX509SVIDRequestOutput, _spire_api_server_svid_v1_BatchNewX509SVIDResponseInput>;
  
  /**
   * Signs a JWT-SVID for an operator, without an entry.
   */
  MintJWTSVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_MintJWTSVIDRequestOutput, _spire_api_server_svid_v1_MintJWTSVIDResponseInput>;
  
  /**
   * Signs a WIT-SVID for an operator, without an entry.
   */
  MintWITSVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_MintWITSVIDRequestOutput, _spire_api_server_svid_v1_MintWITSVIDResponseInput>;
  
  /**
   * Signs an X.509-SVID for the CSR of an operator, without an entry.
   */
  MintX509SVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_MintX509SVIDRequestOutput, _spire_api_server_svid_v1_MintX509SVIDResponseInput>;
  
  /**
   * An intermediate CA for a downstream server.
   */
  NewDownstreamX509CA: grpc.handleUnaryCall<_spire_api_server_svid_v1_NewDownstreamX509CARequestOutput, _spire_api_server_svid_v1_NewDownstreamX509CAResponseInput>;
  
  /**
   * A JWT-SVID for an entry of the calling agent.
   */
  NewJWTSVID: grpc.handleUnaryCall<_spire_api_server_svid_v1_NewJWTSVIDRequestOutput, _spire_api_server_svid_v1_NewJWTSVIDResponseInput>;
  
}

export interface SVIDDefinition extends grpc.ServiceDefinition {
  BatchNewWITSVID: MethodDefinition<_spire_api_server_svid_v1_BatchNewWITSVIDRequestInput, _spire_api_server_svid_v1_BatchNewWITSVIDResponseInput, _spire_api_server_svid_v1_BatchNewWITSVIDRequestOutput, _spire_api_server_svid_v1_BatchNewWITSVIDResponseOutput>
  BatchNewX509SVID: MethodDefinition<_spire_api_server_svid_v1_BatchNewX509SVIDRequestInput, _spire_api_server_svid_v1_BatchNewX509SVIDResponseInput, _spire_api_server_svid_v1_BatchNewX509SVIDRequestOutput, _spire_api_server_svid_v1_BatchNewX509SVIDResponseOutput>
  MintJWTSVID: MethodDefinition<_spire_api_server_svid_v1_MintJWTSVIDRequestInput, _spire_api_server_svid_v1_MintJWTSVIDResponseInput, _spire_api_server_svid_v1_MintJWTSVIDRequestOutput, _spire_api_server_svid_v1_MintJWTSVIDResponseOutput>
  MintWITSVID: MethodDefinition<_spire_api_server_svid_v1_MintWITSVIDRequestInput, _spire_api_server_svid_v1_MintWITSVIDResponseInput, _spire_api_server_svid_v1_MintWITSVIDRequestOutput, _spire_api_server_svid_v1_MintWITSVIDResponseOutput>
  MintX509SVID: MethodDefinition<_spire_api_server_svid_v1_MintX509SVIDRequestInput, _spire_api_server_svid_v1_MintX509SVIDResponseInput, _spire_api_server_svid_v1_MintX509SVIDRequestOutput, _spire_api_server_svid_v1_MintX509SVIDResponseOutput>
  NewDownstreamX509CA: MethodDefinition<_spire_api_server_svid_v1_NewDownstreamX509CARequestInput, _spire_api_server_svid_v1_NewDownstreamX509CAResponseInput, _spire_api_server_svid_v1_NewDownstreamX509CARequestOutput, _spire_api_server_svid_v1_NewDownstreamX509CAResponseOutput>
  NewJWTSVID: MethodDefinition<_spire_api_server_svid_v1_NewJWTSVIDRequestInput, _spire_api_server_svid_v1_NewJWTSVIDResponseInput, _spire_api_server_svid_v1_NewJWTSVIDRequestOutput, _spire_api_server_svid_v1_NewJWTSVIDResponseOutput>
}
