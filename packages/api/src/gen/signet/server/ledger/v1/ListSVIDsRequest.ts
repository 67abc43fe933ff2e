// Original file: proto/signet/server/ledger/v1/ledger.proto

import type { SVIDKindInput as _signet_server_ledger_v1_SVIDKindInput, SVIDKindOutput as _signet_server_ledger_v1_SVIDKindOutput } from '../../../../signet/server/ledger/v1/SVIDKind.ts';
import type { Long } from '@grpc/proto-loader';

export interface _signet_server_ledger_v1_ListSVIDsRequest_FilterInput {
  'spiffe_id'?: (string);
  /**
   * The SPIFFE ID is a path prefix.
   */
  'is_prefix'?: (boolean);
  'entry_id'?: (string);
  'agent_id'?: (string);
  'task_id'?: (string);
  'serial'?: (string);
  'jti'?: (string);
  'kind'?: (_signet_server_ledger_v1_SVIDKindInput);
  /**
   * Neither expired nor revoked.
   */
  'is_active'?: (boolean);
  /**
   * Seconds since the epoch; 0: no bound.
   */
  'issued_before'?: (number | string | Long);
}

export interface _signet_server_ledger_v1_ListSVIDsRequest_FilterOutput {
  'spiffe_id': (string);
  /**
   * The SPIFFE ID is a path prefix.
   */
  'is_prefix': (boolean);
  'entry_id': (string);
  'agent_id': (string);
  'task_id': (string);
  'serial': (string);
  'jti': (string);
  'kind': (_signet_server_ledger_v1_SVIDKindOutput);
  /**
   * Neither expired nor revoked.
   */
  'is_active': (boolean);
  /**
   * Seconds since the epoch; 0: no bound.
   */
  'issued_before': (string);
}

export interface ListSVIDsRequestInput {
  'filter'?: (_signet_server_ledger_v1_ListSVIDsRequest_FilterInput | null);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size'?: (number);
  'page_token'?: (string);
}

export interface ListSVIDsRequestOutput {
  'filter': (_signet_server_ledger_v1_ListSVIDsRequest_FilterOutput | null);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size': (number);
  'page_token': (string);
}
