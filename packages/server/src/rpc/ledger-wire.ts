import type { IssuedSVIDInput, ListSVIDsRequestOutput } from '@signet/api';
import {
  parseSpiffeId,
  requireMemberId,
  SignetError,
  type TrustDomain,
  type UnixSeconds,
} from '@signet/core';
import { type LedgerFilter, type LedgerRow } from '../datastore/ledger-store.ts';
import { readingArgument } from '../error-text.ts';

const KINDS = { SVID_KIND_UNSPECIFIED: undefined, SVID_KIND_X509: 'x509', SVID_KIND_JWT: 'jwt' } as const;

/** Reads the filter of ListSVIDs. @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_SPIFFE_ID_*`. */
export function ledgerFilterFromWire(
  wire: ListSVIDsRequestOutput['filter'],
  trustDomain: TrustDomain,
  now: UnixSeconds,
): LedgerFilter {
  if (wire === null) return {};
  const kind = KINDS[wire.kind];
  const issuedBefore = Number(wire.issued_before);
  if (wire.is_prefix && wire.spiffe_id === '')
    throw new SignetError('ERR_INVALID_ARGUMENT', 'a prefix needs a SPIFFE ID');
  return {
    ...(wire.spiffe_id !== '' && { spiffeId: idFilter('SPIFFE ID', wire.spiffe_id, trustDomain) }),
    ...(wire.is_prefix && { isPrefix: true }),
    ...(wire.entry_id !== '' && { entryId: wire.entry_id }),
    ...(wire.agent_id !== '' && { agentId: idFilter('agent ID', wire.agent_id, trustDomain).uri }),
    ...(wire.task_id !== '' && { taskId: wire.task_id }),
    ...(wire.serial !== '' && { serialHex: serialFilter(wire.serial) }),
    ...(wire.jti !== '' && { jti: wire.jti }),
    ...(kind && { kind }),
    ...(wire.is_active && { activeAt: now }),
    ...(issuedBefore !== 0 && { issuedBefore }),
  };
}

/** A row of the ledger as ListSVIDs answers it. */
export function ledgerRowToWire(row: LedgerRow): IssuedSVIDInput {
  const isX509 = row.kind === 'x509';
  return {
    position: row.position,
    kind: isX509 ? 'SVID_KIND_X509' : 'SVID_KIND_JWT',
    authority_id: row.authorityId,
    serial: isX509 ? row.credential : '',
    jti: isX509 ? '' : row.credential,
    spiffe_id: row.spiffeId,
    entry_id: row.entryId,
    agent_id: row.agentId,
    task_id: row.taskId,
    audience: [...row.audience],
    issued_at: row.issuedAt,
    expires_at: row.expiresAt,
    evidence: [...row.evidence],
    revocation: row.revocation,
    revoked_at: row.revokedAt,
  };
}

function idFilter(what: string, text: string, trustDomain: TrustDomain): ReturnType<typeof parseSpiffeId> {
  return readingArgument(`malformed ${what} filter`, () => {
    const id = parseSpiffeId(text);
    requireMemberId(id, trustDomain);
    return id;
  });
}

/** Takes what OpenSSL and others print: any case, colons, leading zero octets. */
function serialFilter(text: string): string {
  const digits = text.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{1,64}$/.test(digits))
    throw new SignetError('ERR_INVALID_ARGUMENT', 'malformed serial filter: hex digits are wanted');
  const octets = digits.length % 2 === 0 ? digits : `0${digits}`;
  return octets.replace(/^(00)+(?=.)/, '');
}
