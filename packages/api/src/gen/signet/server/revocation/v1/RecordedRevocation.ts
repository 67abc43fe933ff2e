// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { RevocationInput as _signet_types_v1_RevocationInput, RevocationOutput as _signet_types_v1_RevocationOutput } from '../../../../signet/types/v1/Revocation.ts';

export interface RecordedRevocationInput {
  'revocation'?: (_signet_types_v1_RevocationInput | null);
  /**
   * Who did it: a SPIFFE ID, `local`, or what happened to the entry or agent.
   */
  'actor'?: (string);
  'comment'?: (string);
}

export interface RecordedRevocationOutput {
  'revocation': (_signet_types_v1_RevocationOutput | null);
  /**
   * Who did it: a SPIFFE ID, `local`, or what happened to the entry or agent.
   */
  'actor': (string);
  'comment': (string);
}
