// Original file: proto/signet/server/revocation/v1/revocation.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ListRevocationsRequestInput as _signet_server_revocation_v1_ListRevocationsRequestInput, ListRevocationsRequestOutput as _signet_server_revocation_v1_ListRevocationsRequestOutput } from '../../../../signet/server/revocation/v1/ListRevocationsRequest.ts';
import type { ListRevocationsResponseInput as _signet_server_revocation_v1_ListRevocationsResponseInput, ListRevocationsResponseOutput as _signet_server_revocation_v1_ListRevocationsResponseOutput } from '../../../../signet/server/revocation/v1/ListRevocationsResponse.ts';
import type { RevokeRequestInput as _signet_server_revocation_v1_RevokeRequestInput, RevokeRequestOutput as _signet_server_revocation_v1_RevokeRequestOutput } from '../../../../signet/server/revocation/v1/RevokeRequest.ts';
import type { RevokeResponseInput as _signet_server_revocation_v1_RevokeResponseInput, RevokeResponseOutput as _signet_server_revocation_v1_RevokeResponseOutput } from '../../../../signet/server/revocation/v1/RevokeResponse.ts';

/**
 * For operators: the local socket and admins.
 */
export interface RevocationClient extends grpc.Client {
  /**
   * By rising sequence; those that still hold.
   */
  ListRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  ListRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  ListRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  ListRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * By rising sequence; those that still hold.
   */
  listRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  listRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  listRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  listRevocations(argument: _signet_server_revocation_v1_ListRevocationsRequestInput, callback: grpc.requestCallback<_signet_server_revocation_v1_ListRevocationsResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Durable when it is answered.
   * @error NOT_FOUND there is nothing of that kind. @error INVALID_ARGUMENT the target is not complete.
   */
  Revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  Revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  Revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  Revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Durable when it is answered.
   * @error NOT_FOUND there is nothing of that kind. @error INVALID_ARGUMENT the target is not complete.
   */
  revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  revoke(argument: _signet_server_revocation_v1_RevokeRequestInput, callback: grpc.requestCallback<_signet_server_revocation_v1_RevokeResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * For operators: the local socket and admins.
 */
export interface RevocationHandlers extends grpc.UntypedServiceImplementation {
  /**
   * By rising sequence; those that still hold.
   */
  ListRevocations: grpc.handleUnaryCall<_signet_server_revocation_v1_ListRevocationsRequestOutput, _signet_server_revocation_v1_ListRevocationsResponseInput>;
  
  /**
   * Durable when it is answered.
   * @error NOT_FOUND there is nothing of that kind. @error INVALID_ARGUMENT the target is not complete.
   */
  Revoke: grpc.handleUnaryCall<_signet_server_revocation_v1_RevokeRequestOutput, _signet_server_revocation_v1_RevokeResponseInput>;
  
}

export interface RevocationDefinition extends grpc.ServiceDefinition {
  ListRevocations: MethodDefinition<_signet_server_revocation_v1_ListRevocationsRequestInput, _signet_server_revocation_v1_ListRevocationsResponseInput, _signet_server_revocation_v1_ListRevocationsRequestOutput, _signet_server_revocation_v1_ListRevocationsResponseOutput>
  Revoke: MethodDefinition<_signet_server_revocation_v1_RevokeRequestInput, _signet_server_revocation_v1_RevokeResponseInput, _signet_server_revocation_v1_RevokeRequestOutput, _signet_server_revocation_v1_RevokeResponseOutput>
}
