import { parseSpiffeId } from '@signet/core';
import type { IssuedJwtCredential } from '../../ca/issued-credential.ts';

/** A credential for each jti. */
export function issuedTokens(...ids: readonly string[]): readonly IssuedJwtCredential[] {
  return ids.map((jti) => ({
    kind: 'jwt',
    spiffeId: parseSpiffeId('spiffe://example.org/web'),
    authorityId: 'key-1',
    jti,
    audience: ['spiffe://example.org/db'],
    issuedAt: 1_800_000_000,
    expiresAt: 1_800_000_300,
    origin: {
      by: 'entry',
      entryId: 'entry-1',
      agentId: parseSpiffeId('spiffe://example.org/spire/agent/x509pop/a'),
      taskId: 'task-1',
      selectors: [{ type: 'unix', value: 'uid:1000' }],
    },
  }));
}
