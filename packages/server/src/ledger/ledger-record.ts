import { formatSelector } from '@signet/core';
import type { IssuanceOrigin } from '../ca/issuance-origin.ts';
import type { IssuedCredential } from '../ca/issued-credential.ts';
import type { LedgerRecord } from '../datastore/ledger-store.ts';

/** What the ledger keeps of a credential. */
export function ledgerRecordOf(credential: IssuedCredential): LedgerRecord {
  const { kind, authorityId, spiffeId, issuedAt, expiresAt, origin } = credential;
  const isX509 = kind === 'x509';
  return {
    kind,
    authorityId,
    credential: isX509 ? credential.serialHex : credential.jti,
    spiffeId: spiffeId.uri,
    entryId: origin.by === 'entry' ? origin.entryId : '',
    agentId: 'agentId' in origin ? origin.agentId.uri : '',
    taskId: origin.by === 'entry' ? (origin.taskId ?? '') : '',
    evidence: evidenceOf(origin),
    audience: isX509 ? [] : credential.audience,
    issuedAt,
    expiresAt,
  };
}

/** What justified the credential. */
function evidenceOf(origin: IssuanceOrigin): readonly string[] {
  switch (origin.by) {
    case 'entry':
      return origin.selectors.map(formatSelector);
    case 'attestation':
    case 'renewal':
      return [origin.by, ...origin.selectors.map(formatSelector)];
    case 'mint':
      return [`mint:${origin.actor}`];
    case 'server':
      return ['server'];
  }
}
