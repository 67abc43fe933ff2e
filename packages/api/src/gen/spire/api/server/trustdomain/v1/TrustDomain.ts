// Original file: proto/spire/api/server/trustdomain/v1/trustdomain.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BatchCreateFederationRelationshipRequestInput as _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, BatchCreateFederationRelationshipRequestOutput as _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchCreateFederationRelationshipRequest.ts';
import type { BatchCreateFederationRelationshipResponseInput as _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseInput, BatchCreateFederationRelationshipResponseOutput as _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchCreateFederationRelationshipResponse.ts';
import type { BatchDeleteFederationRelationshipRequestInput as _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, BatchDeleteFederationRelationshipRequestOutput as _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchDeleteFederationRelationshipRequest.ts';
import type { BatchDeleteFederationRelationshipResponseInput as _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseInput, BatchDeleteFederationRelationshipResponseOutput as _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchDeleteFederationRelationshipResponse.ts';
import type { BatchUpdateFederationRelationshipRequestInput as _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, BatchUpdateFederationRelationshipRequestOutput as _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchUpdateFederationRelationshipRequest.ts';
import type { BatchUpdateFederationRelationshipResponseInput as _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseInput, BatchUpdateFederationRelationshipResponseOutput as _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput } from '../../../../../spire/api/server/trustdomain/v1/BatchUpdateFederationRelationshipResponse.ts';
import type { EmptyInput as _google_protobuf_EmptyInput, EmptyOutput as _google_protobuf_EmptyOutput } from '../../../../../google/protobuf/Empty.ts';
import type { FederationRelationshipInput as _spire_api_types_FederationRelationshipInput, FederationRelationshipOutput as _spire_api_types_FederationRelationshipOutput } from '../../../../../spire/api/types/FederationRelationship.ts';
import type { GetFederationRelationshipRequestInput as _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, GetFederationRelationshipRequestOutput as _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/GetFederationRelationshipRequest.ts';
import type { ListFederationRelationshipsRequestInput as _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, ListFederationRelationshipsRequestOutput as _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/ListFederationRelationshipsRequest.ts';
import type { ListFederationRelationshipsResponseInput as _spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseInput, ListFederationRelationshipsResponseOutput as _spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput } from '../../../../../spire/api/server/trustdomain/v1/ListFederationRelationshipsResponse.ts';
import type { RefreshBundleRequestInput as _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, RefreshBundleRequestOutput as _spire_api_server_trustdomain_v1_RefreshBundleRequestOutput } from '../../../../../spire/api/server/trustdomain/v1/RefreshBundleRequest.ts';

/**
 * Federation relationships with other trust domains.
 */
export interface TrustDomainClient extends grpc.Client {
  /**
   * Stores new relationships.
   */
  BatchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Stores new relationships.
   */
  batchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Ends relationships. Stored bundles stay.
   */
  BatchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Ends relationships. Stored bundles stay.
   */
  batchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Replaces the masked fields of relationships.
   */
  BatchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Replaces the masked fields of relationships.
   */
  batchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederationRelationship(argument: _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The relationship with one trust domain.
   */
  GetFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  GetFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  GetFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  GetFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  /**
   * The relationship with one trust domain.
   */
  getFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  getFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  getFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  getFederationRelationship(argument: _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, callback: grpc.requestCallback<_spire_api_types_FederationRelationshipOutput>): grpc.ClientUnaryCall;
  
  /**
   * The stored relationships, a page at a time.
   */
  ListFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  ListFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  ListFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  ListFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The stored relationships, a page at a time.
   */
  listFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  listFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  listFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  listFederationRelationships(argument: _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, callback: grpc.requestCallback<_spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Fetches the bundle of a relationship now, and stores it before answering.
   */
  RefreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  RefreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  RefreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  RefreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  /**
   * Fetches the bundle of a relationship now, and stores it before answering.
   */
  refreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  refreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  refreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  refreshBundle(argument: _spire_api_server_trustdomain_v1_RefreshBundleRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Federation relationships with other trust domains.
 */
export interface TrustDomainHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Stores new relationships.
   */
  BatchCreateFederationRelationship: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseInput>;
  
  /**
   * Ends relationships. Stored bundles stay.
   */
  BatchDeleteFederationRelationship: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseInput>;
  
  /**
   * Replaces the masked fields of relationships.
   */
  BatchUpdateFederationRelationship: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseInput>;
  
  /**
   * The relationship with one trust domain.
   */
  GetFederationRelationship: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_GetFederationRelationshipRequestOutput, _spire_api_types_FederationRelationshipInput>;
  
  /**
   * The stored relationships, a page at a time.
   */
  ListFederationRelationships: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestOutput, _spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseInput>;
  
  /**
   * Fetches the bundle of a relationship now, and stores it before answering.
   */
  RefreshBundle: grpc.handleUnaryCall<_spire_api_server_trustdomain_v1_RefreshBundleRequestOutput, _google_protobuf_EmptyInput>;
  
}

export interface TrustDomainDefinition extends grpc.ServiceDefinition {
  BatchCreateFederationRelationship: MethodDefinition<_spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestInput, _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseInput, _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchCreateFederationRelationshipResponseOutput>
  BatchDeleteFederationRelationship: MethodDefinition<_spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestInput, _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseInput, _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchDeleteFederationRelationshipResponseOutput>
  BatchUpdateFederationRelationship: MethodDefinition<_spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestInput, _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseInput, _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipRequestOutput, _spire_api_server_trustdomain_v1_BatchUpdateFederationRelationshipResponseOutput>
  GetFederationRelationship: MethodDefinition<_spire_api_server_trustdomain_v1_GetFederationRelationshipRequestInput, _spire_api_types_FederationRelationshipInput, _spire_api_server_trustdomain_v1_GetFederationRelationshipRequestOutput, _spire_api_types_FederationRelationshipOutput>
  ListFederationRelationships: MethodDefinition<_spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestInput, _spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseInput, _spire_api_server_trustdomain_v1_ListFederationRelationshipsRequestOutput, _spire_api_server_trustdomain_v1_ListFederationRelationshipsResponseOutput>
  RefreshBundle: MethodDefinition<_spire_api_server_trustdomain_v1_RefreshBundleRequestInput, _google_protobuf_EmptyInput, _spire_api_server_trustdomain_v1_RefreshBundleRequestOutput, _google_protobuf_EmptyOutput>
}
