// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { X509SVIDTargetInput as _signet_server_revocation_v1_X509SVIDTargetInput, X509SVIDTargetOutput as _signet_server_revocation_v1_X509SVIDTargetOutput } from '../../../../signet/server/revocation/v1/X509SVIDTarget.ts';
import type { JWTSVIDTargetInput as _signet_server_revocation_v1_JWTSVIDTargetInput, JWTSVIDTargetOutput as _signet_server_revocation_v1_JWTSVIDTargetOutput } from '../../../../signet/server/revocation/v1/JWTSVIDTarget.ts';
import type { SubjectTargetInput as _signet_server_revocation_v1_SubjectTargetInput, SubjectTargetOutput as _signet_server_revocation_v1_SubjectTargetOutput } from '../../../../signet/server/revocation/v1/SubjectTarget.ts';
import type { RevocationReasonInput as _signet_types_v1_RevocationReasonInput, RevocationReasonOutput as _signet_types_v1_RevocationReasonOutput } from '../../../../signet/types/v1/RevocationReason.ts';
import type { Long } from '@grpc/proto-loader';

export interface RevokeRequestInput {
  'x509_svid'?: (_signet_server_revocation_v1_X509SVIDTargetInput | null);
  'jwt_svid'?: (_signet_server_revocation_v1_JWTSVIDTargetInput | null);
  'entry_id'?: (string);
  'subject'?: (_signet_server_revocation_v1_SubjectTargetInput | null);
  /**
   * The agent's own SVIDs and all that it fetched.
   */
  'agent_id'?: (string);
  /**
   * With all tasks below it, which end.
   */
  'task_id'?: (string);
  /**
   * Everything issued before this moment, seconds since the epoch.
   */
  'issued_before'?: (number | string | Long);
  'reason'?: (_signet_types_v1_RevocationReasonInput);
  /**
   * Says who and why in the record, up to 256 characters.
   */
  'comment'?: (string);
  /**
   * Only count.
   */
  'dry_run'?: (boolean);
  'target'?: "x509_svid"|"jwt_svid"|"entry_id"|"subject"|"agent_id"|"task_id"|"issued_before";
}

export interface RevokeRequestOutput {
  'x509_svid'?: (_signet_server_revocation_v1_X509SVIDTargetOutput | null);
  'jwt_svid'?: (_signet_server_revocation_v1_JWTSVIDTargetOutput | null);
  'entry_id'?: (string);
  'subject'?: (_signet_server_revocation_v1_SubjectTargetOutput | null);
  /**
   * The agent's own SVIDs and all that it fetched.
   */
  'agent_id'?: (string);
  /**
   * With all tasks below it, which end.
   */
  'task_id'?: (string);
  /**
   * Everything issued before this moment, seconds since the epoch.
   */
  'issued_before'?: (string);
  'reason': (_signet_types_v1_RevocationReasonOutput);
  /**
   * Says who and why in the record, up to 256 characters.
   */
  'comment': (string);
  /**
   * Only count.
   */
  'dry_run': (boolean);
  'target'?: "x509_svid"|"jwt_svid"|"entry_id"|"subject"|"agent_id"|"task_id"|"issued_before";
}
