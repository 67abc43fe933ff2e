// Original file: proto/signet/server/ledger/v1/ledger.proto

import type { SVIDKindInput as _signet_server_ledger_v1_SVIDKindInput, SVIDKindOutput as _signet_server_ledger_v1_SVIDKindOutput } from '../../../../signet/server/ledger/v1/SVIDKind.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A credential as it was issued; never the credential itself.
 */
export interface IssuedSVIDInput {
  /**
   * Position in the ledger.
   */
  'position'?: (number | string | Long);
  'kind'?: (_signet_server_ledger_v1_SVIDKindInput);
  /**
   * Subject key ID (X.509) or key ID (JWT) of the authority.
   */
  'authority_id'?: (string);
  /**
   * X.509: lower-case hex.
   */
  'serial'?: (string);
  /**
   * JWT: empty for a token without one.
   */
  'jti'?: (string);
  'spiffe_id'?: (string);
  /**
   * Empty for what was minted, and for agents' own SVIDs.
   */
  'entry_id'?: (string);
  /**
   * Empty for what was minted.
   */
  'agent_id'?: (string);
  'task_id'?: (string);
  'audience'?: (string)[];
  /**
   * Seconds since the epoch.
   */
  'issued_at'?: (number | string | Long);
  'expires_at'?: (number | string | Long);
  /**
   * What justified it: the entry's selectors as type:value, or the right by which it was minted.
   */
  'evidence'?: (string)[];
  /**
   * 0: it was not revoked.
   */
  'revocation'?: (number | string | Long);
  'revoked_at'?: (number | string | Long);
}

/**
 * A credential as it was issued; never the credential itself.
 */
export interface IssuedSVIDOutput {
  /**
   * Position in the ledger.
   */
  'position': (string);
  'kind': (_signet_server_ledger_v1_SVIDKindOutput);
  /**
   * Subject key ID (X.509) or key ID (JWT) of the authority.
   */
  'authority_id': (string);
  /**
   * X.509: lower-case hex.
   */
  'serial': (string);
  /**
   * JWT: empty for a token without one.
   */
  'jti': (string);
  'spiffe_id': (string);
  /**
   * Empty for what was minted, and for agents' own SVIDs.
   */
  'entry_id': (string);
  /**
   * Empty for what was minted.
   */
  'agent_id': (string);
  'task_id': (string);
  'audience': (string)[];
  /**
   * Seconds since the epoch.
   */
  'issued_at': (string);
  'expires_at': (string);
  /**
   * What justified it: the entry's selectors as type:value, or the right by which it was minted.
   */
  'evidence': (string)[];
  /**
   * 0: it was not revoked.
   */
  'revocation': (string);
  'revoked_at': (string);
}
