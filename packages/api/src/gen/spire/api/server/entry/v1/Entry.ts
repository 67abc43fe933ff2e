// Original file: proto/spire/api/server/entry/v1/entry.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BatchCreateEntryRequestInput as _spire_api_server_entry_v1_BatchCreateEntryRequestInput, BatchCreateEntryRequestOutput as _spire_api_server_entry_v1_BatchCreateEntryRequestOutput } from '../../../../../spire/api/server/entry/v1/BatchCreateEntryRequest.ts';
import type { BatchCreateEntryResponseInput as _spire_api_server_entry_v1_BatchCreateEntryResponseInput, BatchCreateEntryResponseOutput as _spire_api_server_entry_v1_BatchCreateEntryResponseOutput } from '../../../../../spire/api/server/entry/v1/BatchCreateEntryResponse.ts';
import type { BatchDeleteEntryRequestInput as _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, BatchDeleteEntryRequestOutput as _spire_api_server_entry_v1_BatchDeleteEntryRequestOutput } from '../../../../../spire/api/server/entry/v1/BatchDeleteEntryRequest.ts';
import type { BatchDeleteEntryResponseInput as _spire_api_server_entry_v1_BatchDeleteEntryResponseInput, BatchDeleteEntryResponseOutput as _spire_api_server_entry_v1_BatchDeleteEntryResponseOutput } from '../../../../../spire/api/server/entry/v1/BatchDeleteEntryResponse.ts';
import type { BatchUpdateEntryRequestInput as _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, BatchUpdateEntryRequestOutput as _spire_api_server_entry_v1_BatchUpdateEntryRequestOutput } from '../../../../../spire/api/server/entry/v1/BatchUpdateEntryRequest.ts';
import type { BatchUpdateEntryResponseInput as _spire_api_server_entry_v1_BatchUpdateEntryResponseInput, BatchUpdateEntryResponseOutput as _spire_api_server_entry_v1_BatchUpdateEntryResponseOutput } from '../../../../../spire/api/server/entry/v1/BatchUpdateEntryResponse.ts';
import type { CountEntriesRequestInput as _spire_api_server_entry_v1_CountEntriesRequestInput, CountEntriesRequestOutput as _spire_api_server_entry_v1_CountEntriesRequestOutput } from '../../../../../spire/api/server/entry/v1/CountEntriesRequest.ts';
import type { CountEntriesResponseInput as _spire_api_server_entry_v1_CountEntriesResponseInput, CountEntriesResponseOutput as _spire_api_server_entry_v1_CountEntriesResponseOutput } from '../../../../../spire/api/server/entry/v1/CountEntriesResponse.ts';
import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';
import type { GetAuthorizedEntriesRequestInput as _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, GetAuthorizedEntriesRequestOutput as _spire_api_server_entry_v1_GetAuthorizedEntriesRequestOutput } from '../../../../../spire/api/server/entry/v1/GetAuthorizedEntriesRequest.ts';
import type { GetAuthorizedEntriesResponseInput as _spire_api_server_entry_v1_GetAuthorizedEntriesResponseInput, GetAuthorizedEntriesResponseOutput as _spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput } from '../../../../../spire/api/server/entry/v1/GetAuthorizedEntriesResponse.ts';
import type { GetEntryRequestInput as _spire_api_server_entry_v1_GetEntryRequestInput, GetEntryRequestOutput as _spire_api_server_entry_v1_GetEntryRequestOutput } from '../../../../../spire/api/server/entry/v1/GetEntryRequest.ts';
import type { ListEntriesRequestInput as _spire_api_server_entry_v1_ListEntriesRequestInput, ListEntriesRequestOutput as _spire_api_server_entry_v1_ListEntriesRequestOutput } from '../../../../../spire/api/server/entry/v1/ListEntriesRequest.ts';
import type { ListEntriesResponseInput as _spire_api_server_entry_v1_ListEntriesResponseInput, ListEntriesResponseOutput as _spire_api_server_entry_v1_ListEntriesResponseOutput } from '../../../../../spire/api/server/entry/v1/ListEntriesResponse.ts';
import type { SyncAuthorizedEntriesRequestInput as _spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, SyncAuthorizedEntriesRequestOutput as _spire_api_server_entry_v1_SyncAuthorizedEntriesRequestOutput } from '../../../../../spire/api/server/entry/v1/SyncAuthorizedEntriesRequest.ts';
import type { SyncAuthorizedEntriesResponseInput as _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseInput, SyncAuthorizedEntriesResponseOutput as _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput } from '../../../../../spire/api/server/entry/v1/SyncAuthorizedEntriesResponse.ts';

/**
 * Registration entries.
 */
export interface EntryClient extends grpc.Client {
  /**
   * Creates entries; each has its own result, in order.
   */
  BatchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Creates entries; each has its own result, in order.
   */
  batchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchCreateEntry(argument: _spire_api_server_entry_v1_BatchCreateEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchCreateEntryResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Deletes entries by ID.
   */
  BatchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Deletes entries by ID.
   */
  batchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  batchDeleteEntry(argument: _spire_api_server_entry_v1_BatchDeleteEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Updates entries by ID; each accepted update raises the revision by one.
   */
  BatchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  BatchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Updates entries by ID; each accepted update raises the revision by one.
   */
  batchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  batchUpdateEntry(argument: _spire_api_server_entry_v1_BatchUpdateEntryRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * How many entries match the filter.
   */
  CountEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  CountEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  CountEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  CountEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * How many entries match the filter.
   */
  countEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  countEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  countEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  countEntries(argument: _spire_api_server_entry_v1_CountEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_CountEntriesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * All entries that the calling agent may fetch SVIDs for.
   */
  GetAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  GetAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  GetAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  GetAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * All entries that the calling agent may fetch SVIDs for.
   */
  getAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  getAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  getAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  getAuthorizedEntries(argument: _spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * One entry. NOT_FOUND when there is none of that ID.
   */
  GetEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  GetEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  GetEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  GetEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  /**
   * One entry. NOT_FOUND when there is none of that ID.
   */
  getEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  getEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  getEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  getEntry(argument: _spire_api_server_entry_v1_GetEntryRequestInput, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  
  /**
   * The entries that match the filter, a page at a time.
   */
  ListEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The entries that match the filter, a page at a time.
   */
  listEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  listEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  listEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  listEntries(argument: _spire_api_server_entry_v1_ListEntriesRequestInput, callback: grpc.requestCallback<_spire_api_server_entry_v1_ListEntriesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The same, sparse when they are many: revisions first, then the entries that the agent asks for by ID.
   */
  SyncAuthorizedEntries(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput>;
  SyncAuthorizedEntries(options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput>;
  /**
   * The same, sparse when they are many: revisions first, then the entries that the agent asks for by ID.
   */
  syncAuthorizedEntries(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput>;
  syncAuthorizedEntries(options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput>;
  
}

/**
 * Registration entries.
 */
export interface EntryHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Creates entries; each has its own result, in order.
   */
  BatchCreateEntry: grpc.handleUnaryCall<_spire_api_server_entry_v1_BatchCreateEntryRequestOutput, _spire_api_server_entry_v1_BatchCreateEntryResponseInput>;
  
  /**
   * Deletes entries by ID.
   */
  BatchDeleteEntry: grpc.handleUnaryCall<_spire_api_server_entry_v1_BatchDeleteEntryRequestOutput, _spire_api_server_entry_v1_BatchDeleteEntryResponseInput>;
  
  /**
   * Updates entries by ID; each accepted update raises the revision by one.
   */
  BatchUpdateEntry: grpc.handleUnaryCall<_spire_api_server_entry_v1_BatchUpdateEntryRequestOutput, _spire_api_server_entry_v1_BatchUpdateEntryResponseInput>;
  
  /**
   * How many entries match the filter.
   */
  CountEntries: grpc.handleUnaryCall<_spire_api_server_entry_v1_CountEntriesRequestOutput, _spire_api_server_entry_v1_CountEntriesResponseInput>;
  
  /**
   * All entries that the calling agent may fetch SVIDs for.
   */
  GetAuthorizedEntries: grpc.handleUnaryCall<_spire_api_server_entry_v1_GetAuthorizedEntriesRequestOutput, _spire_api_server_entry_v1_GetAuthorizedEntriesResponseInput>;
  
  /**
   * One entry. NOT_FOUND when there is none of that ID.
   */
  GetEntry: grpc.handleUnaryCall<_spire_api_server_entry_v1_GetEntryRequestOutput, _spire_api_types_EntryInput>;
  
  /**
   * The entries that match the filter, a page at a time.
   */
  ListEntries: grpc.handleUnaryCall<_spire_api_server_entry_v1_ListEntriesRequestOutput, _spire_api_server_entry_v1_ListEntriesResponseInput>;
  
  /**
   * The same, sparse when they are many: revisions first, then the entries that the agent asks for by ID.
   */
  SyncAuthorizedEntries: grpc.handleBidiStreamingCall<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestOutput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseInput>;
  
}

export interface EntryDefinition extends grpc.ServiceDefinition {
  BatchCreateEntry: MethodDefinition<_spire_api_server_entry_v1_BatchCreateEntryRequestInput, _spire_api_server_entry_v1_BatchCreateEntryResponseInput, _spire_api_server_entry_v1_BatchCreateEntryRequestOutput, _spire_api_server_entry_v1_BatchCreateEntryResponseOutput>
  BatchDeleteEntry: MethodDefinition<_spire_api_server_entry_v1_BatchDeleteEntryRequestInput, _spire_api_server_entry_v1_BatchDeleteEntryResponseInput, _spire_api_server_entry_v1_BatchDeleteEntryRequestOutput, _spire_api_server_entry_v1_BatchDeleteEntryResponseOutput>
  BatchUpdateEntry: MethodDefinition<_spire_api_server_entry_v1_BatchUpdateEntryRequestInput, _spire_api_server_entry_v1_BatchUpdateEntryResponseInput, _spire_api_server_entry_v1_BatchUpdateEntryRequestOutput, _spire_api_server_entry_v1_BatchUpdateEntryResponseOutput>
  CountEntries: MethodDefinition<_spire_api_server_entry_v1_CountEntriesRequestInput, _spire_api_server_entry_v1_CountEntriesResponseInput, _spire_api_server_entry_v1_CountEntriesRequestOutput, _spire_api_server_entry_v1_CountEntriesResponseOutput>
  GetAuthorizedEntries: MethodDefinition<_spire_api_server_entry_v1_GetAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_GetAuthorizedEntriesResponseInput, _spire_api_server_entry_v1_GetAuthorizedEntriesRequestOutput, _spire_api_server_entry_v1_GetAuthorizedEntriesResponseOutput>
  GetEntry: MethodDefinition<_spire_api_server_entry_v1_GetEntryRequestInput, _spire_api_types_EntryInput, _spire_api_server_entry_v1_GetEntryRequestOutput, _spire_api_types_EntryOutput>
  ListEntries: MethodDefinition<_spire_api_server_entry_v1_ListEntriesRequestInput, _spire_api_server_entry_v1_ListEntriesResponseInput, _spire_api_server_entry_v1_ListEntriesRequestOutput, _spire_api_server_entry_v1_ListEntriesResponseOutput>
  SyncAuthorizedEntries: MethodDefinition<_spire_api_server_entry_v1_SyncAuthorizedEntriesRequestInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseInput, _spire_api_server_entry_v1_SyncAuthorizedEntriesRequestOutput, _spire_api_server_entry_v1_SyncAuthorizedEntriesResponseOutput>
}
