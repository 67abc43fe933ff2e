// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AppendBundleRequestInput as _spire_api_server_bundle_v1_AppendBundleRequestInput, AppendBundleRequestOutput as _spire_api_server_bundle_v1_AppendBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/AppendBundleRequest.ts';
import type { BatchCreateFederatedBundleRequestInput as _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, BatchCreateFederatedBundleRequestOutput as _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/BatchCreateFederatedBundleRequest.ts';
import type { BatchCreateFederatedBundleResponseInput as _spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseInput, BatchCreateFederatedBundleResponseOutput as _spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput } from '../../../../../spire/api/server/bundle/v1/BatchCreateFederatedBundleResponse.ts';
import type { BatchDeleteFederatedBundleRequestInput as _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, BatchDeleteFederatedBundleRequestOutput as _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/BatchDeleteFederatedBundleRequest.ts';
import type { BatchDeleteFederatedBundleResponseInput as _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseInput, BatchDeleteFederatedBundleResponseOutput as _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput } from '../../../../../spire/api/server/bundle/v1/BatchDeleteFederatedBundleResponse.ts';
import type { BatchSetFederatedBundleRequestInput as _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, BatchSetFederatedBundleRequestOutput as _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/BatchSetFederatedBundleRequest.ts';
import type { BatchSetFederatedBundleResponseInput as _spire_api_server_bundle_v1_BatchSetFederatedBundleResponseInput, BatchSetFederatedBundleResponseOutput as _spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput } from '../../../../../spire/api/server/bundle/v1/BatchSetFederatedBundleResponse.ts';
import type { BatchUpdateFederatedBundleRequestInput as _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, BatchUpdateFederatedBundleRequestOutput as _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/BatchUpdateFederatedBundleRequest.ts';
import type { BatchUpdateFederatedBundleResponseInput as _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseInput, BatchUpdateFederatedBundleResponseOutput as _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput } from '../../../../../spire/api/server/bundle/v1/BatchUpdateFederatedBundleResponse.ts';
import type { BundleInput as _spire_api_types_BundleInput, BundleOutput as _spire_api_types_BundleOutput } from '../../../../../spire/api/types/Bundle.ts';
import type { CountBundlesRequestInput as _spire_api_server_bundle_v1_CountBundlesRequestInput, CountBundlesRequestOutput as _spire_api_server_bundle_v1_CountBundlesRequestOutput } from '../../../../../spire/api/server/bundle/v1/CountBundlesRequest.ts';
import type { CountBundlesResponseInput as _spire_api_server_bundle_v1_CountBundlesResponseInput, CountBundlesResponseOutput as _spire_api_server_bundle_v1_CountBundlesResponseOutput } from '../../../../../spire/api/server/bundle/v1/CountBundlesResponse.ts';
import type { GetBundleRequestInput as _spire_api_server_bundle_v1_GetBundleRequestInput, GetBundleRequestOutput as _spire_api_server_bundle_v1_GetBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/GetBundleRequest.ts';
import type { GetFederatedBundleRequestInput as _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, GetFederatedBundleRequestOutput as _spire_api_server_bundle_v1_GetFederatedBundleRequestOutput } from '../../../../../spire/api/server/bundle/v1/GetFederatedBundleRequest.ts';
import type { ListFederatedBundlesRequestInput as _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, ListFederatedBundlesRequestOutput as _spire_api_server_bundle_v1_ListFederatedBundlesRequestOutput } from '../../../../../spire/api/server/bundle/v1/ListFederatedBundlesRequest.ts';
import type { ListFederatedBundlesResponseInput as _spire_api_server_bundle_v1_ListFederatedBundlesResponseInput, ListFederatedBundlesResponseOutput as _spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput } from '../../../../../spire/api/server/bundle/v1/ListFederatedBundlesResponse.ts';
import type { PublishJWTAuthorityRequestInput as _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, PublishJWTAuthorityRequestOutput as _spire_api_server_bundle_v1_PublishJWTAuthorityRequestOutput } from '../../../../../spire/api/server/bundle/v1/PublishJWTAuthorityRequest.ts';
import type { PublishJWTAuthorityResponseInput as _spire_api_server_bundle_v1_PublishJWTAuthorityResponseInput, PublishJWTAuthorityResponseOutput as _spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput } from '../../../../../spire/api/server/bundle/v1/PublishJWTAuthorityResponse.ts';
import type { PublishWITAuthorityRequestInput as _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, PublishWITAuthorityRequestOutput as _spire_api_server_bundle_v1_PublishWITAuthorityRequestOutput } from '../../../../../spire/api/server/bundle/v1/PublishWITAuthorityRequest.ts';
import type { PublishWITAuthorityResponseInput as _spire_api_server_bundle_v1_PublishWITAuthorityResponseInput, PublishWITAuthorityResponseOutput as _spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput } from '../../../../../spire/api/server/bundle/v1/PublishWITAuthorityResponse.ts';

/**
 * Trust bundles.
 */
export interface BundleClient extends grpc.Client {
  /**
   * Adds authorities to the server's own bundle. Never removes any.
   */
  AppendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  AppendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  AppendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  AppendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  /**
   * Adds authorities to the server's own bundle. Never removes any.
   */
  appendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  appendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  appendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  appendBundle(argument: _spire_api_server_bundle_v1_AppendBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  
  /**
   * Stores bundles of trust domains that have none yet.
   */
  BatchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Stores bundles of trust domains that have none yet.
   */
  batchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchCreateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Deletes bundles. The mode says what becomes of entries that federate with them.
   */
  BatchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Deletes bundles. The mode says what becomes of entries that federate with them.
   */
  batchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteFederatedBundle(argument: _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Creates or replaces bundles.
   */
  BatchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Creates or replaces bundles.
   */
  batchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchSetFederatedBundle(argument: _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Replaces the masked fields of stored bundles.
   */
  BatchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Replaces the masked fields of stored bundles.
   */
  batchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateFederatedBundle(argument: _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * How many bundles are stored, the server's own included.
   */
  CountBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  CountBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  CountBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  CountBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * How many bundles are stored, the server's own included.
   */
  countBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  countBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  countBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  countBundles(argument: _spire_api_server_bundle_v1_CountBundlesRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_CountBundlesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The bundle of the server's own trust domain. Open to everybody.
   */
  GetBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  /**
   * The bundle of the server's own trust domain. Open to everybody.
   */
  getBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getBundle(argument: _spire_api_server_bundle_v1_GetBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  
  /**
   * The stored bundle of one other trust domain.
   */
  GetFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  GetFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  /**
   * The stored bundle of one other trust domain.
   */
  getFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  getFederatedBundle(argument: _spire_api_server_bundle_v1_GetFederatedBundleRequestInput, callback: grpc.requestCallback<_spire_api_types_BundleOutput>): grpc.ClientUnaryCall;
  
  /**
   * The stored bundles of other trust domains, a page at a time.
   */
  ListFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  ListFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  ListFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  ListFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The stored bundles of other trust domains, a page at a time.
   */
  listFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  listFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  listFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  listFederatedBundles(argument: _spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * A downstream server publishes its JWT signing key upwards.
   */
  PublishJWTAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishJWTAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishJWTAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishJWTAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * A downstream server publishes its JWT signing key upwards.
   */
  publishJwtAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishJwtAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishJwtAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishJwtAuthority(argument: _spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * A downstream server publishes its WIT signing key upwards.
   */
  PublishWITAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishWITAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishWITAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  PublishWITAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  /**
   * A downstream server publishes its WIT signing key upwards.
   */
  publishWitAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishWitAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishWitAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  publishWitAuthority(argument: _spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, callback: grpc.requestCallback<_spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Trust bundles.
 */
export interface BundleHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Adds authorities to the server's own bundle. Never removes any.
   */
  AppendBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_AppendBundleRequestOutput, _spire_api_types_BundleInput>;
  
  /**
   * Stores bundles of trust domains that have none yet.
   */
  BatchCreateFederatedBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseInput>;
  
  /**
   * Deletes bundles. The mode says what becomes of entries that federate with them.
   */
  BatchDeleteFederatedBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseInput>;
  
  /**
   * Creates or replaces bundles.
   */
  BatchSetFederatedBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_BatchSetFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchSetFederatedBundleResponseInput>;
  
  /**
   * Replaces the masked fields of stored bundles.
   */
  BatchUpdateFederatedBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseInput>;
  
  /**
   * How many bundles are stored, the server's own included.
   */
  CountBundles: grpc.handleUnaryCall<_spire_api_server_bundle_v1_CountBundlesRequestOutput, _spire_api_server_bundle_v1_CountBundlesResponseInput>;
  
  /**
   * The bundle of the server's own trust domain. Open to everybody.
   */
  GetBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_GetBundleRequestOutput, _spire_api_types_BundleInput>;
  
  /**
   * The stored bundle of one other trust domain.
   */
  GetFederatedBundle: grpc.handleUnaryCall<_spire_api_server_bundle_v1_GetFederatedBundleRequestOutput, _spire_api_types_BundleInput>;
  
  /**
   * The stored bundles of other trust domains, a page at a time.
   */
  ListFederatedBundles: grpc.handleUnaryCall<_spire_api_server_bundle_v1_ListFederatedBundlesRequestOutput, _spire_api_server_bundle_v1_ListFederatedBundlesResponseInput>;
  
  /**
   * A downstream server publishes its JWT signing key upwards.
   */
  PublishJWTAuthority: grpc.handleUnaryCall<_spire_api_server_bundle_v1_PublishJWTAuthorityRequestOutput, _spire_api_server_bundle_v1_PublishJWTAuthorityResponseInput>;
  
  /**
   * A downstream server publishes its WIT signing key upwards.
   */
  PublishWITAuthority: grpc.handleUnaryCall<_spire_api_server_bundle_v1_PublishWITAuthorityRequestOutput, _spire_api_server_bundle_v1_PublishWITAuthorityResponseInput>;
  
}

export interface BundleDefinition extends grpc.ServiceDefinition {
  AppendBundle: MethodDefinition<_spire_api_server_bundle_v1_AppendBundleRequestInput, _spire_api_types_BundleInput, _spire_api_server_bundle_v1_AppendBundleRequestOutput, _spire_api_types_BundleOutput>
  BatchCreateFederatedBundle: MethodDefinition<_spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestInput, _spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseInput, _spire_api_server_bundle_v1_BatchCreateFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchCreateFederatedBundleResponseOutput>
  BatchDeleteFederatedBundle: MethodDefinition<_spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestInput, _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseInput, _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponseOutput>
  BatchSetFederatedBundle: MethodDefinition<_spire_api_server_bundle_v1_BatchSetFederatedBundleRequestInput, _spire_api_server_bundle_v1_BatchSetFederatedBundleResponseInput, _spire_api_server_bundle_v1_BatchSetFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchSetFederatedBundleResponseOutput>
  BatchUpdateFederatedBundle: MethodDefinition<_spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestInput, _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseInput, _spire_api_server_bundle_v1_BatchUpdateFederatedBundleRequestOutput, _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponseOutput>
  CountBundles: MethodDefinition<_spire_api_server_bundle_v1_CountBundlesRequestInput, _spire_api_server_bundle_v1_CountBundlesResponseInput, _spire_api_server_bundle_v1_CountBundlesRequestOutput, _spire_api_server_bundle_v1_CountBundlesResponseOutput>
  GetBundle: MethodDefinition<_spire_api_server_bundle_v1_GetBundleRequestInput, _spire_api_types_BundleInput, _spire_api_server_bundle_v1_GetBundleRequestOutput, _spire_api_types_BundleOutput>
  GetFederatedBundle: MethodDefinition<_spire_api_server_bundle_v1_GetFederatedBundleRequestInput, _spire_api_types_BundleInput, _spire_api_server_bundle_v1_GetFederatedBundleRequestOutput, _spire_api_types_BundleOutput>
  ListFederatedBundles: MethodDefinition<_spire_api_server_bundle_v1_ListFederatedBundlesRequestInput, _spire_api_server_bundle_v1_ListFederatedBundlesResponseInput, _spire_api_server_bundle_v1_ListFederatedBundlesRequestOutput, _spire_api_server_bundle_v1_ListFederatedBundlesResponseOutput>
  PublishJWTAuthority: MethodDefinition<_spire_api_server_bundle_v1_PublishJWTAuthorityRequestInput, _spire_api_server_bundle_v1_PublishJWTAuthorityResponseInput, _spire_api_server_bundle_v1_PublishJWTAuthorityRequestOutput, _spire_api_server_bundle_v1_PublishJWTAuthorityResponseOutput>
  PublishWITAuthority: MethodDefinition<_spire_api_server_bundle_v1_PublishWITAuthorityRequestInput, _spire_api_server_bundle_v1_PublishWITAuthorityResponseInput, _spire_api_server_bundle_v1_PublishWITAuthorityRequestOutput, _spire_api_server_bundle_v1_PublishWITAuthorityResponseOutput>
}
