// Original file: proto/signet/types/v1/revocation.proto

import type { RevocationReasonInput as _signet_types_v1_RevocationReasonInput, RevocationReasonOutput as _signet_types_v1_RevocationReasonOutput } from '../../../signet/types/v1/RevocationReason.ts';
import type { X509SvidTargetInput as _signet_types_v1_X509SvidTargetInput, X509SvidTargetOutput as _signet_types_v1_X509SvidTargetOutput } from '../../../signet/types/v1/X509SvidTarget.ts';
import type { JwtSvidTargetInput as _signet_types_v1_JwtSvidTargetInput, JwtSvidTargetOutput as _signet_types_v1_JwtSvidTargetOutput } from '../../../signet/types/v1/JwtSvidTarget.ts';
import type { TaskTargetInput as _signet_types_v1_TaskTargetInput, TaskTargetOutput as _signet_types_v1_TaskTargetOutput } from '../../../signet/types/v1/TaskTarget.ts';
import type { SubjectTargetInput as _signet_types_v1_SubjectTargetInput, SubjectTargetOutput as _signet_types_v1_SubjectTargetOutput } from '../../../signet/types/v1/SubjectTarget.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * One revocation. It holds until expires_at, when the last credential that it covers has expired by itself.
 */
export interface RevocationInput {
  /**
   * Rises strictly; never given twice, also not after a restore.
   */
  'sequence'?: (number | string | Long);
  'reason'?: (_signet_types_v1_RevocationReasonInput);
  /**
   * Seconds since the epoch.
   */
  'revoked_at'?: (number | string | Long);
  /**
   * Seconds since the epoch.
   */
  'expires_at'?: (number | string | Long);
  'x509_svid'?: (_signet_types_v1_X509SvidTargetInput | null);
  'jwt_svid'?: (_signet_types_v1_JwtSvidTargetInput | null);
  'task'?: (_signet_types_v1_TaskTargetInput | null);
  'subject'?: (_signet_types_v1_SubjectTargetInput | null);
  'target'?: "x509_svid"|"jwt_svid"|"task"|"subject";
}

/**
 * One revocation. It holds until expires_at, when the last credential that it covers has expired by itself.
 */
export interface RevocationOutput {
  /**
   * Rises strictly; never given twice, also not after a restore.
   */
  'sequence': (string);
  'reason': (_signet_types_v1_RevocationReasonOutput);
  /**
   * Seconds since the epoch.
   */
  'revoked_at': (string);
  /**
   * Seconds since the epoch.
   */
  'expires_at': (string);
  'x509_svid'?: (_signet_types_v1_X509SvidTargetOutput | null);
  'jwt_svid'?: (_signet_types_v1_JwtSvidTargetOutput | null);
  'task'?: (_signet_types_v1_TaskTargetOutput | null);
  'subject'?: (_signet_types_v1_SubjectTargetOutput | null);
  'target'?: "x509_svid"|"jwt_svid"|"task"|"subject";
}
