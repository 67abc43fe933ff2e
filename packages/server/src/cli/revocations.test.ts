import { describe, expect, it } from '@jest/globals';
import type { OperatorRecordedRevocationOutput, OperatorRevokeResponseOutput } from '@signet/api';
import { revocationListText } from './revocation-list.ts';
import { revokedText } from './revoke-flags.ts';

const answer: OperatorRevokeResponseOutput = {
  revocation: '12',
  x509_svids: 1,
  jwt_svids: 2,
  tasks: 0,
  agents: 3,
  streams: 3,
};

describe('revokedText', () => {
  it.each<[string, Partial<OperatorRevokeResponseOutput>, boolean, string]>([
    [
      'what was revoked',
      {},
      false,
      'Revoked: 1 X509-SVID, 2 JWT-SVIDs (revocation 12)\nTold: 3 agents on 3 streams\n',
    ],
    [
      'tasks',
      { tasks: 1 },
      false,
      'Revoked: 1 X509-SVID, 2 JWT-SVIDs, 1 task (revocation 12)\nTold: 3 agents on 3 streams\n',
    ],
    ['a dry run', { revocation: '0' }, true, 'Would revoke: 1 X509-SVID, 2 JWT-SVIDs\n'],
    [
      'that a rule may hit what is not on record',
      { x509_svids: 0, jwt_svids: 0 },
      false,
      'Revoked: nothing that is on record; what else there may be is refused (revocation 12)\nTold: 3 agents on 3 streams\n',
    ],
    ['nothing', { revocation: '0' }, false, 'Nothing was revoked: no SVID that is still valid was found\n'],
  ])('says %s', (_, change, isDryRun, text) => {
    expect(revokedText({ ...answer, ...change }, isDryRun)).toBe(text);
  });
});

const recorded: OperatorRecordedRevocationOutput = {
  revocation: {
    sequence: '7',
    reason: 'REVOCATION_REASON_KEY_COMPROMISE',
    revoked_at: '1795450864',
    expires_at: '1795451164',
    x509_svid: { authority_key_id: Buffer.of(0xaa), serial: Buffer.of(1, 2) },
    target: 'x509_svid',
  },
  actor: 'local:uid:0',
  comment: 'lost laptop',
};

const BLOCK = `Revocation      : 7
Serial number   : 0102
Authority       : aa
Reason          : keyCompromise
By              : local:uid:0
Comment         : lost laptop
Revoked at      : 2026-11-23 16:21:04 +0000 UTC
Holds until     : 2026-11-23 16:26:04 +0000 UTC
`;

describe('revocationListText', () => {
  it('shows a block for each', () => {
    expect(revocationListText([], false)).toBe('Found 0 revocations\n\n');
    expect(revocationListText([recorded], false)).toBe(`Found 1 revocation\n\n${BLOCK}\n`);
    expect(revocationListText([recorded, recorded], true)).toBe(
      `Found 2 revocations, and there are more: see -after and -limit\n\n${BLOCK}\n${BLOCK}\n`,
    );
  });

  it.each([
    [{ jwt_svid: { jti: 'id' } }, 'JTI             : id\n'],
    [{ task: { task_id: 'id' } }, 'Task            : id\n'],
    [
      { subject: { spiffe_id: 'spiffe://a/b', is_prefix: true, issued_until: '1795450864' } },
      'SPIFFE ID       : spiffe://a/b, and all below it\nIssued until    : 2026-11-23 16:21:04 +0000 UTC\n',
    ],
  ])('shows %j', (target, expected) => {
    const revocation = { ...recorded.revocation, x509_svid: null, ...target };
    const listed = { ...recorded, revocation } as unknown as OperatorRecordedRevocationOutput;
    expect(revocationListText([listed], false)).toContain(expected);
  });
});
