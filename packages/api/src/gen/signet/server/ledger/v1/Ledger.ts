// Original file: proto/signet/server/ledger/v1/ledger.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ListSVIDsRequestInput as _signet_server_ledger_v1_ListSVIDsRequestInput, ListSVIDsRequestOutput as _signet_server_ledger_v1_ListSVIDsRequestOutput } from '../../../../signet/server/ledger/v1/ListSVIDsRequest.ts';
import type { ListSVIDsResponseInput as _signet_server_ledger_v1_ListSVIDsResponseInput, ListSVIDsResponseOutput as _signet_server_ledger_v1_ListSVIDsResponseOutput } from '../../../../signet/server/ledger/v1/ListSVIDsResponse.ts';

/**
 * For operators: the local socket and admins.
 */
export interface LedgerClient extends grpc.Client {
  /**
   * Newest first.
   */
  ListSVIDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  ListSVIDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  ListSVIDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  ListSVIDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Newest first.
   */
  listSviDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  listSviDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  listSviDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  listSviDs(argument: _signet_server_ledger_v1_ListSVIDsRequestInput, callback: grpc.requestCallback<_signet_server_ledger_v1_ListSVIDsResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * For operators: the local socket and admins.
 */
export interface LedgerHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Newest first.
   */
  ListSVIDs: grpc.handleUnaryCall<_signet_server_ledger_v1_ListSVIDsRequestOutput, _signet_server_ledger_v1_ListSVIDsResponseInput>;
  
}

export interface LedgerDefinition extends grpc.ServiceDefinition {
  ListSVIDs: MethodDefinition<_signet_server_ledger_v1_ListSVIDsRequestInput, _signet_server_ledger_v1_ListSVIDsResponseInput, _signet_server_ledger_v1_ListSVIDsRequestOutput, _signet_server_ledger_v1_ListSVIDsResponseOutput>
}
