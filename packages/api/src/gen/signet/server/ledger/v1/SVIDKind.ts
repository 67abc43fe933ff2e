// Original file: proto/signet/server/ledger/v1/ledger.proto

export const SVIDKind = {
  SVID_KIND_UNSPECIFIED: 'SVID_KIND_UNSPECIFIED',
  SVID_KIND_X509: 'SVID_KIND_X509',
  SVID_KIND_JWT: 'SVID_KIND_JWT',
} as const;

export type SVIDKindInput =
  | 'SVID_KIND_UNSPECIFIED'
  | 0
  | 'SVID_KIND_X509'
  | 1
  | 'SVID_KIND_JWT'
  | 2

export type SVIDKindOutput = typeof SVIDKind[keyof typeof SVIDKind]
