import { REVOCATION_REASON_CODES, revocationReasonOf, type RevocationTarget, StoreError } from '@signet/core';
import type { RecordedRevocation, RevokedSerial, RevokeTarget } from '../revocation-store.ts';
import type { RevocationRow } from '../sql/revocation-rows.ts';
import type { RevokedCredentialRow } from '../sql/revoked-credentials.ts';
import type { RevokeTarget as RevokeTargetInput } from '../sql/revoke-order.ts';

/** A stored row as a value. @throws {StoreError} `ERR_STORE_CORRUPT` its reason is none of ours. */
export function decodeRevocation(row: RevocationRow): RecordedRevocation {
  return {
    sequence: row.sequence,
    reason: decodeReason(row.reason),
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    target: decodeTarget(row),
    actor: row.actor,
    comment: row.comment,
  };
}

/** A value as it is stored. */
export function encodeRevocation(revocation: RecordedRevocation): RevocationRow {
  const { sequence, reason, revokedAt, expiresAt, target, actor, comment } = revocation;
  return {
    sequence,
    reason: REVOCATION_REASON_CODES[reason],
    revoked_at: revokedAt,
    expires_at: expiresAt,
    kind: target.kind,
    ...encodeTarget(target),
    actor,
    comment,
  };
}

/** What an operator wants revoked, as the operation takes it. */
export function encodeRevokeTarget(target: RevokeTarget): RevokeTargetInput {
  if (target.kind !== 'subject') return target;
  const { spiffeId, isPrefix, issuedUntil, takesNewer = false } = target;
  const rule = { spiffe_id: spiffeId, issued_until: issuedUntil, takesNewer };
  return { kind: 'subject', is_prefix: isPrefix ? 1 : 0, ...rule };
}

export function decodeRevokedSerial(row: RevokedCredentialRow): RevokedSerial {
  return {
    authorityId: row.authority_id,
    serialHex: row.credential,
    revokedAt: row.revoked_at,
    reason: decodeReason(row.reason),
  };
}

function decodeReason(code: number): RecordedRevocation['reason'] {
  const reason = revocationReasonOf(code);
  if (reason === undefined) throw new StoreError('ERR_STORE_CORRUPT', 'a revocation has an unknown reason');
  return reason;
}

function decodeTarget(row: RevocationRow): RevocationTarget {
  switch (row.kind) {
    case 'x509':
      return { kind: 'x509', authorityId: row.authority_id, serialHex: row.credential };
    case 'jwt':
      return { kind: 'jwt', jti: row.credential };
    case 'task':
      return { kind: 'task', taskId: row.credential };
    case 'subject': {
      const { spiffe_id: spiffeId, issued_until: issuedUntil } = row;
      return { kind: 'subject', spiffeId, isPrefix: row.is_prefix === 1, issuedUntil };
    }
  }
}

type TargetColumns = Pick<
  RevocationRow,
  'authority_id' | 'credential' | 'spiffe_id' | 'is_prefix' | 'issued_until'
>;

function encodeTarget(target: RevocationTarget): TargetColumns {
  const empty: TargetColumns = {
    authority_id: '',
    credential: '',
    spiffe_id: '',
    is_prefix: 0,
    issued_until: 0,
  };
  switch (target.kind) {
    case 'x509':
      return { ...empty, authority_id: target.authorityId, credential: target.serialHex };
    case 'jwt':
      return { ...empty, credential: target.jti };
    case 'task':
      return { ...empty, credential: target.taskId };
    case 'subject': {
      const { spiffeId, isPrefix, issuedUntil } = target;
      return { ...empty, spiffe_id: spiffeId, is_prefix: isPrefix ? 1 : 0, issued_until: issuedUntil };
    }
  }
}
