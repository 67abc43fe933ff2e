import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import type { IssuanceOrigin } from '../ca/issuance-origin.ts';
import type { IssuedX509Credential } from '../ca/issued-credential.ts';
import { ledgerRecordOf } from './ledger-record.ts';
import { issuedTokens } from './testdata/issued-credentials.ts';

const agentId = parseSpiffeId('spiffe://example.org/spire/agent/x509pop/a');
const selectors = [
  { type: 'unix', value: 'uid:1' },
  { type: 'k8s', value: 'ns:a:b' },
];

function issuedFor(origin: IssuanceOrigin): IssuedX509Credential {
  return {
    kind: 'x509',
    spiffeId: parseSpiffeId('spiffe://example.org/web'),
    authorityId: 'authority-1',
    serialHex: 'aa01',
    issuedAt: 100,
    expiresAt: 200,
    certificateDer: new Uint8Array(),
    origin,
  };
}

describe('ledgerRecordOf', () => {
  it.each<[string, IssuanceOrigin, object]>([
    [
      'an entry',
      { by: 'entry', entryId: 'e', agentId, selectors },
      { entryId: 'e', agentId: agentId.uri, taskId: '', evidence: ['unix:uid:1', 'k8s:ns:a:b'] },
    ],
    [
      'an entry, in a task',
      { by: 'entry', entryId: 'e', agentId, selectors, taskId: 't' },
      { entryId: 'e', taskId: 't' },
    ],
    [
      'an attestation',
      { by: 'attestation', agentId, selectors },
      { entryId: '', agentId: agentId.uri, evidence: ['attestation', 'unix:uid:1', 'k8s:ns:a:b'] },
    ],
    ['a renewal', { by: 'renewal', agentId, selectors: [] }, { agentId: agentId.uri, evidence: ['renewal'] }],
    [
      'a mint',
      { by: 'mint', actor: 'local:uid:0' },
      { entryId: '', agentId: '', evidence: ['mint:local:uid:0'] },
    ],
    ['the server', { by: 'server' }, { entryId: '', agentId: '', evidence: ['server'] }],
  ])('keeps what stands behind %s', (_, origin, expected) => {
    expect(ledgerRecordOf(issuedFor(origin))).toMatchObject({
      kind: 'x509',
      authorityId: 'authority-1',
      credential: 'aa01',
      spiffeId: 'spiffe://example.org/web',
      audience: [],
      issuedAt: 100,
      expiresAt: 200,
      ...expected,
    });
  });

  it('keeps the jti and the audience of a token', () => {
    const [token] = issuedTokens('jti-1');
    expect(ledgerRecordOf(token!)).toMatchObject({
      kind: 'jwt',
      credential: 'jti-1',
      audience: ['spiffe://example.org/db'],
    });
  });
});
