// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { X509SVIDInput as _signet_server_revocation_v1_X509SVIDInput, X509SVIDOutput as _signet_server_revocation_v1_X509SVIDOutput } from '../../../../signet/server/revocation/v1/X509SVID.ts';
import type { JWTSVIDInput as _signet_server_revocation_v1_JWTSVIDInput, JWTSVIDOutput as _signet_server_revocation_v1_JWTSVIDOutput } from '../../../../signet/server/revocation/v1/JWTSVID.ts';
import type { SubjectInput as _signet_server_revocation_v1_SubjectInput, SubjectOutput as _signet_server_revocation_v1_SubjectOutput } from '../../../../signet/server/revocation/v1/Subject.ts';
import type { RevocationReasonInput as _signet_types_v1_RevocationReasonInput, RevocationReasonOutput as _signet_types_v1_RevocationReasonOutput } from '../../../../signet/types/v1/RevocationReason.ts';
import type { Long } from '@grpc/proto-loader';

export interface RevokeRequestInput {
  'x509_svid'?: (_signet_server_revocation_v1_X509SVIDInput | null);
  'jwt_svid'?: (_signet_server_revocation_v1_JWTSVIDInput | null);
  'entry_id'?: (string);
  'subject'?: (_signet_server_revocation_v1_SubjectInput | null);
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
  'x509_svid'?: (_signet_server_revocation_v1_X509SVIDOutput | null);
  'jwt_svid'?: (_signet_server_revocation_v1_JWTSVIDOutput | null);
  'entry_id'?: (string);
  'subject'?: (_signet_server_revocation_v1_SubjectOutput | null);
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
