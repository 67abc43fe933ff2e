// Original file: proto/signet/types/v1/revocation.proto

/**
 * Why a credential was taken back; the numbers are those of CRL reason codes (RFC 5280 §5.3.1).
 */
export const RevocationReason = {
  REVOCATION_REASON_UNSPECIFIED: 'REVOCATION_REASON_UNSPECIFIED',
  REVOCATION_REASON_KEY_COMPROMISE: 'REVOCATION_REASON_KEY_COMPROMISE',
  REVOCATION_REASON_SUPERSEDED: 'REVOCATION_REASON_SUPERSEDED',
  REVOCATION_REASON_CESSATION_OF_OPERATION: 'REVOCATION_REASON_CESSATION_OF_OPERATION',
  REVOCATION_REASON_PRIVILEGE_WITHDRAWN: 'REVOCATION_REASON_PRIVILEGE_WITHDRAWN',
} as const;

/**
 * Why a credential was taken back; the numbers are those of CRL reason codes (RFC 5280 §5.3.1).
 */
export type RevocationReasonInput =
  | 'REVOCATION_REASON_UNSPECIFIED'
  | 0
  | 'REVOCATION_REASON_KEY_COMPROMISE'
  | 1
  | 'REVOCATION_REASON_SUPERSEDED'
  | 4
  | 'REVOCATION_REASON_CESSATION_OF_OPERATION'
  | 5
  | 'REVOCATION_REASON_PRIVILEGE_WITHDRAWN'
  | 9

/**
 * Why a credential was taken back; the numbers are those of CRL reason codes (RFC 5280 §5.3.1).
 */
export type RevocationReasonOutput = typeof RevocationReason[keyof typeof RevocationReason]
