// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ActivateJWTAuthorityRequestInput as _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, ActivateJWTAuthorityRequestOutput as _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateJWTAuthorityRequest.ts';
import type { ActivateJWTAuthorityResponseInput as _spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseInput, ActivateJWTAuthorityResponseOutput as _spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateJWTAuthorityResponse.ts';
import type { ActivateWITAuthorityRequestInput as _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, ActivateWITAuthorityRequestOutput as _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateWITAuthorityRequest.ts';
import type { ActivateWITAuthorityResponseInput as _spire_api_server_localauthority_v1_ActivateWITAuthorityResponseInput, ActivateWITAuthorityResponseOutput as _spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateWITAuthorityResponse.ts';
import type { ActivateX509AuthorityRequestInput as _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, ActivateX509AuthorityRequestOutput as _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateX509AuthorityRequest.ts';
import type { ActivateX509AuthorityResponseInput as _spire_api_server_localauthority_v1_ActivateX509AuthorityResponseInput, ActivateX509AuthorityResponseOutput as _spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/ActivateX509AuthorityResponse.ts';
import type { GetJWTAuthorityStateRequestInput as _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, GetJWTAuthorityStateRequestOutput as _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestOutput } from '../../../../../spire/api/server/localauthority/v1/GetJWTAuthorityStateRequest.ts';
import type { GetJWTAuthorityStateResponseInput as _spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseInput, GetJWTAuthorityStateResponseOutput as _spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput } from '../../../../../spire/api/server/localauthority/v1/GetJWTAuthorityStateResponse.ts';
import type { GetWITAuthorityStateRequestInput as _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, GetWITAuthorityStateRequestOutput as _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestOutput } from '../../../../../spire/api/server/localauthority/v1/GetWITAuthorityStateRequest.ts';
import type { GetWITAuthorityStateResponseInput as _spire_api_server_localauthority_v1_GetWITAuthorityStateResponseInput, GetWITAuthorityStateResponseOutput as _spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput } from '../../../../../spire/api/server/localauthority/v1/GetWITAuthorityStateResponse.ts';
import type { GetX509AuthorityStateRequestInput as _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, GetX509AuthorityStateRequestOutput as _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestOutput } from '../../../../../spire/api/server/localauthority/v1/GetX509AuthorityStateRequest.ts';
import type { GetX509AuthorityStateResponseInput as _spire_api_server_localauthority_v1_GetX509AuthorityStateResponseInput, GetX509AuthorityStateResponseOutput as _spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput } from '../../../../../spire/api/server/localauthority/v1/GetX509AuthorityStateResponse.ts';
import type { PrepareJWTAuthorityRequestInput as _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, PrepareJWTAuthorityRequestOutput as _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareJWTAuthorityRequest.ts';
import type { PrepareJWTAuthorityResponseInput as _spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseInput, PrepareJWTAuthorityResponseOutput as _spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareJWTAuthorityResponse.ts';
import type { PrepareWITAuthorityRequestInput as _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, PrepareWITAuthorityRequestOutput as _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareWITAuthorityRequest.ts';
import type { PrepareWITAuthorityResponseInput as _spire_api_server_localauthority_v1_PrepareWITAuthorityResponseInput, PrepareWITAuthorityResponseOutput as _spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareWITAuthorityResponse.ts';
import type { PrepareX509AuthorityRequestInput as _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, PrepareX509AuthorityRequestOutput as _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareX509AuthorityRequest.ts';
import type { PrepareX509AuthorityResponseInput as _spire_api_server_localauthority_v1_PrepareX509AuthorityResponseInput, PrepareX509AuthorityResponseOutput as _spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/PrepareX509AuthorityResponse.ts';
import type { RevokeJWTAuthorityRequestInput as _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, RevokeJWTAuthorityRequestOutput as _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeJWTAuthorityRequest.ts';
import type { RevokeJWTAuthorityResponseInput as _spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseInput, RevokeJWTAuthorityResponseOutput as _spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeJWTAuthorityResponse.ts';
import type { RevokeWITAuthorityRequestInput as _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, RevokeWITAuthorityRequestOutput as _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeWITAuthorityRequest.ts';
import type { RevokeWITAuthorityResponseInput as _spire_api_server_localauthority_v1_RevokeWITAuthorityResponseInput, RevokeWITAuthorityResponseOutput as _spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeWITAuthorityResponse.ts';
import type { RevokeX509AuthorityRequestInput as _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, RevokeX509AuthorityRequestOutput as _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeX509AuthorityRequest.ts';
import type { RevokeX509AuthorityResponseInput as _spire_api_server_localauthority_v1_RevokeX509AuthorityResponseInput, RevokeX509AuthorityResponseOutput as _spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeX509AuthorityResponse.ts';
import type { RevokeX509UpstreamAuthorityRequestInput as _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, RevokeX509UpstreamAuthorityRequestOutput as _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeX509UpstreamAuthorityRequest.ts';
import type { RevokeX509UpstreamAuthorityResponseInput as _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseInput, RevokeX509UpstreamAuthorityResponseOutput as _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/RevokeX509UpstreamAuthorityResponse.ts';
import type { TaintJWTAuthorityRequestInput as _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, TaintJWTAuthorityRequestOutput as _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/TaintJWTAuthorityRequest.ts';
import type { TaintJWTAuthorityResponseInput as _spire_api_server_localauthority_v1_TaintJWTAuthorityResponseInput, TaintJWTAuthorityResponseOutput as _spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/TaintJWTAuthorityResponse.ts';
import type { TaintWITAuthorityRequestInput as _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, TaintWITAuthorityRequestOutput as _spire_api_server_localauthority_v1_TaintWITAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/TaintWITAuthorityRequest.ts';
import type { TaintWITAuthorityResponseInput as _spire_api_server_localauthority_v1_TaintWITAuthorityResponseInput, TaintWITAuthorityResponseOutput as _spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/TaintWITAuthorityResponse.ts';
import type { TaintX509AuthorityRequestInput as _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, TaintX509AuthorityRequestOutput as _spire_api_server_localauthority_v1_TaintX509AuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/TaintX509AuthorityRequest.ts';
import type { TaintX509AuthorityResponseInput as _spire_api_server_localauthority_v1_TaintX509AuthorityResponseInput, TaintX509AuthorityResponseOutput as _spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/TaintX509AuthorityResponse.ts';
import type { TaintX509UpstreamAuthorityRequestInput as _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, TaintX509UpstreamAuthorityRequestOutput as _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestOutput } from '../../../../../spire/api/server/localauthority/v1/TaintX509UpstreamAuthorityRequest.ts';
import type { TaintX509UpstreamAuthorityResponseInput as _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseInput, TaintX509UpstreamAuthorityResponseOutput as _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput } from '../../../../../spire/api/server/localauthority/v1/TaintX509UpstreamAuthorityResponse.ts';

/**
 * Two slots for each kind of key: the current one signs, the next one is prepared, or old after an
 * activation.
 */
export interface LocalAuthorityClient extends grpc.Client {
  /**
   * The prepared JWT authority begins to sign; the former one becomes old.
   */
  ActivateJWTAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateJWTAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateJWTAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateJWTAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The prepared JWT authority begins to sign; the former one becomes old.
   */
  activateJwtAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateJwtAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateJwtAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateJwtAuthority(argument: _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The prepared WIT authority begins to sign; the former one becomes old.
   */
  ActivateWITAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateWITAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateWITAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateWITAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The prepared WIT authority begins to sign; the former one becomes old.
   */
  activateWitAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateWitAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateWitAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateWitAuthority(argument: _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The prepared X.509 authority begins to sign; the former one becomes old.
   */
  ActivateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  ActivateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The prepared X.509 authority begins to sign; the former one becomes old.
   */
  activateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  activateX509Authority(argument: _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The state of the JWT authorities of this server.
   */
  GetJWTAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetJWTAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetJWTAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetJWTAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The state of the JWT authorities of this server.
   */
  getJwtAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getJwtAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getJwtAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getJwtAuthorityState(argument: _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The state of the WIT authorities of this server.
   */
  GetWITAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetWITAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetWITAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetWITAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The state of the WIT authorities of this server.
   */
  getWitAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getWitAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getWitAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getWitAuthorityState(argument: _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The state of the X.509 authorities of this server.
   */
  GetX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  GetX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The state of the X.509 authorities of this server.
   */
  getX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  getX509AuthorityState(argument: _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Makes the next JWT authority and publishes it, so that it is known before it signs.
   */
  PrepareJWTAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareJWTAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareJWTAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareJWTAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Makes the next JWT authority and publishes it, so that it is known before it signs.
   */
  prepareJwtAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareJwtAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareJwtAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareJwtAuthority(argument: _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Makes the next WIT authority and publishes it, so that it is known before it signs.
   */
  PrepareWITAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareWITAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareWITAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareWITAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Makes the next WIT authority and publishes it, so that it is known before it signs.
   */
  prepareWitAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareWitAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareWitAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareWitAuthority(argument: _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Makes the next X.509 authority and publishes it, so that it is known before it signs.
   */
  PrepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  PrepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Makes the next X.509 authority and publishes it, so that it is known before it signs.
   */
  prepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  prepareX509Authority(argument: _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Takes a tainted JWT authority out of the bundle.
   */
  RevokeJWTAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeJWTAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeJWTAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeJWTAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Takes a tainted JWT authority out of the bundle.
   */
  revokeJwtAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeJwtAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeJwtAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeJwtAuthority(argument: _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Takes a tainted WIT authority out of the bundle.
   */
  RevokeWITAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeWITAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeWITAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeWITAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Takes a tainted WIT authority out of the bundle.
   */
  revokeWitAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeWitAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeWitAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeWitAuthority(argument: _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Takes a tainted X.509 authority out of the bundle.
   */
  RevokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Takes a tainted X.509 authority out of the bundle.
   */
  revokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509Authority(argument: _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Takes a tainted upstream X.509 authority out of the bundle.
   */
  RevokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  RevokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Takes a tainted upstream X.509 authority out of the bundle.
   */
  revokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  revokeX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Marks an old JWT authority: what it signed is to be replaced.
   */
  TaintJWTAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintJWTAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintJWTAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintJWTAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Marks an old JWT authority: what it signed is to be replaced.
   */
  taintJwtAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintJwtAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintJwtAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintJwtAuthority(argument: _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Marks an old WIT authority: what it signed is to be replaced.
   */
  TaintWITAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintWITAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintWITAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintWITAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Marks an old WIT authority: what it signed is to be replaced.
   */
  taintWitAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintWitAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintWitAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintWitAuthority(argument: _spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Marks an old X.509 authority: what it signed is to be replaced.
   */
  TaintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Marks an old X.509 authority: what it signed is to be replaced.
   */
  taintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509Authority(argument: _spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Marks an upstream X.509 authority: what stands below it is to be replaced.
   */
  TaintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  TaintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Marks an upstream X.509 authority: what stands below it is to be replaced.
   */
  taintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  taintX509UpstreamAuthority(argument: _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Two slots for each kind of key: the current one signs, the next one is prepared, or old after an
 * activation.
 */
export interface LocalAuthorityHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The prepared JWT authority begins to sign; the former one becomes old.
   */
  ActivateJWTAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseInput>;
  
  /**
   * The prepared WIT authority begins to sign; the former one becomes old.
   */
  ActivateWITAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_ActivateWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateWITAuthorityResponseInput>;
  
  /**
   * The prepared X.509 authority begins to sign; the former one becomes old.
   */
  ActivateX509Authority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_ActivateX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateX509AuthorityResponseInput>;
  
  /**
   * The state of the JWT authorities of this server.
   */
  GetJWTAuthorityState: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseInput>;
  
  /**
   * The state of the WIT authorities of this server.
   */
  GetWITAuthorityState: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_GetWITAuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetWITAuthorityStateResponseInput>;
  
  /**
   * The state of the X.509 authorities of this server.
   */
  GetX509AuthorityState: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_GetX509AuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetX509AuthorityStateResponseInput>;
  
  /**
   * Makes the next JWT authority and publishes it, so that it is known before it signs.
   */
  PrepareJWTAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseInput>;
  
  /**
   * Makes the next WIT authority and publishes it, so that it is known before it signs.
   */
  PrepareWITAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_PrepareWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareWITAuthorityResponseInput>;
  
  /**
   * Makes the next X.509 authority and publishes it, so that it is known before it signs.
   */
  PrepareX509Authority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_PrepareX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareX509AuthorityResponseInput>;
  
  /**
   * Takes a tainted JWT authority out of the bundle.
   */
  RevokeJWTAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseInput>;
  
  /**
   * Takes a tainted WIT authority out of the bundle.
   */
  RevokeWITAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_RevokeWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeWITAuthorityResponseInput>;
  
  /**
   * Takes a tainted X.509 authority out of the bundle.
   */
  RevokeX509Authority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_RevokeX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeX509AuthorityResponseInput>;
  
  /**
   * Takes a tainted upstream X.509 authority out of the bundle.
   */
  RevokeX509UpstreamAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseInput>;
  
  /**
   * Marks an old JWT authority: what it signed is to be replaced.
   */
  TaintJWTAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_TaintJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintJWTAuthorityResponseInput>;
  
  /**
   * Marks an old WIT authority: what it signed is to be replaced.
   */
  TaintWITAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_TaintWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintWITAuthorityResponseInput>;
  
  /**
   * Marks an old X.509 authority: what it signed is to be replaced.
   */
  TaintX509Authority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_TaintX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintX509AuthorityResponseInput>;
  
  /**
   * Marks an upstream X.509 authority: what stands below it is to be replaced.
   */
  TaintX509UpstreamAuthority: grpc.handleUnaryCall<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseInput>;
  
}

export interface LocalAuthorityDefinition extends grpc.ServiceDefinition {
  ActivateJWTAuthority: MethodDefinition<_spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestInput, _spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseInput, _spire_api_server_localauthority_v1_ActivateJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateJWTAuthorityResponseOutput>
  ActivateWITAuthority: MethodDefinition<_spire_api_server_localauthority_v1_ActivateWITAuthorityRequestInput, _spire_api_server_localauthority_v1_ActivateWITAuthorityResponseInput, _spire_api_server_localauthority_v1_ActivateWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateWITAuthorityResponseOutput>
  ActivateX509Authority: MethodDefinition<_spire_api_server_localauthority_v1_ActivateX509AuthorityRequestInput, _spire_api_server_localauthority_v1_ActivateX509AuthorityResponseInput, _spire_api_server_localauthority_v1_ActivateX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_ActivateX509AuthorityResponseOutput>
  GetJWTAuthorityState: MethodDefinition<_spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestInput, _spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseInput, _spire_api_server_localauthority_v1_GetJWTAuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetJWTAuthorityStateResponseOutput>
  GetWITAuthorityState: MethodDefinition<_spire_api_server_localauthority_v1_GetWITAuthorityStateRequestInput, _spire_api_server_localauthority_v1_GetWITAuthorityStateResponseInput, _spire_api_server_localauthority_v1_GetWITAuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetWITAuthorityStateResponseOutput>
  GetX509AuthorityState: MethodDefinition<_spire_api_server_localauthority_v1_GetX509AuthorityStateRequestInput, _spire_api_server_localauthority_v1_GetX509AuthorityStateResponseInput, _spire_api_server_localauthority_v1_GetX509AuthorityStateRequestOutput, _spire_api_server_localauthority_v1_GetX509AuthorityStateResponseOutput>
  PrepareJWTAuthority: MethodDefinition<_spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestInput, _spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseInput, _spire_api_server_localauthority_v1_PrepareJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareJWTAuthorityResponseOutput>
  PrepareWITAuthority: MethodDefinition<_spire_api_server_localauthority_v1_PrepareWITAuthorityRequestInput, _spire_api_server_localauthority_v1_PrepareWITAuthorityResponseInput, _spire_api_server_localauthority_v1_PrepareWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareWITAuthorityResponseOutput>
  PrepareX509Authority: MethodDefinition<_spire_api_server_localauthority_v1_PrepareX509AuthorityRequestInput, _spire_api_server_localauthority_v1_PrepareX509AuthorityResponseInput, _spire_api_server_localauthority_v1_PrepareX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_PrepareX509AuthorityResponseOutput>
  RevokeJWTAuthority: MethodDefinition<_spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestInput, _spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseInput, _spire_api_server_localauthority_v1_RevokeJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeJWTAuthorityResponseOutput>
  RevokeWITAuthority: MethodDefinition<_spire_api_server_localauthority_v1_RevokeWITAuthorityRequestInput, _spire_api_server_localauthority_v1_RevokeWITAuthorityResponseInput, _spire_api_server_localauthority_v1_RevokeWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeWITAuthorityResponseOutput>
  RevokeX509Authority: MethodDefinition<_spire_api_server_localauthority_v1_RevokeX509AuthorityRequestInput, _spire_api_server_localauthority_v1_RevokeX509AuthorityResponseInput, _spire_api_server_localauthority_v1_RevokeX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeX509AuthorityResponseOutput>
  RevokeX509UpstreamAuthority: MethodDefinition<_spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestInput, _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseInput, _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityRequestOutput, _spire_api_server_localauthority_v1_RevokeX509UpstreamAuthorityResponseOutput>
  TaintJWTAuthority: MethodDefinition<_spire_api_server_localauthority_v1_TaintJWTAuthorityRequestInput, _spire_api_server_localauthority_v1_TaintJWTAuthorityResponseInput, _spire_api_server_localauthority_v1_TaintJWTAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintJWTAuthorityResponseOutput>
  TaintWITAuthority: MethodDefinition<_spire_api_server_localauthority_v1_TaintWITAuthorityRequestInput, _spire_api_server_localauthority_v1_TaintWITAuthorityResponseInput, _spire_api_server_localauthority_v1_TaintWITAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintWITAuthorityResponseOutput>
  TaintX509Authority: MethodDefinition<_spire_api_server_localauthority_v1_TaintX509AuthorityRequestInput, _spire_api_server_localauthority_v1_TaintX509AuthorityResponseInput, _spire_api_server_localauthority_v1_TaintX509AuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintX509AuthorityResponseOutput>
  TaintX509UpstreamAuthority: MethodDefinition<_spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestInput, _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseInput, _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityRequestOutput, _spire_api_server_localauthority_v1_TaintX509UpstreamAuthorityResponseOutput>
}
