import type { IssuedSVIDOutput } from '@signet/api';
import { describe, expect, it } from '@jest/globals';
import { svidListText } from './svid-list.ts';

const token: IssuedSVIDOutput = {
  position: '7',
  kind: 'SVID_KIND_JWT',
  authority_id: 'key-1',
  serial: '',
  jti: 'jti-1',
  spiffe_id: 'spiffe://example.org/web',
  entry_id: 'entry-1',
  agent_id: 'spiffe://example.org/spire/agent/x509pop/a',
  task_id: '',
  audience: ['a', 'b'],
  issued_at: '1795450864',
  expires_at: '1795451164',
  evidence: ['unix:uid:1000', 'k8s:ns:x'],
  revocation: '0',
  revoked_at: '0',
};

const BLOCK = `SPIFFE ID       : spiffe://example.org/web
Type            : JWT-SVID
JTI             : jti-1
Authority       : key-1
Entry ID        : entry-1
Agent           : spiffe://example.org/spire/agent/x509pop/a
Evidence        : unix:uid:1000
Evidence        : k8s:ns:x
Audience        : a
Audience        : b
Issued at       : 2026-11-23 16:21:04 +0000 UTC
Expiration time : 2026-11-23 16:26:04 +0000 UTC
`;

describe('svidListText', () => {
  it('shows a block for each', () => {
    expect(svidListText([], false)).toBe('Found 0 SVIDs\n\n');
    expect(svidListText([token], false)).toBe(`Found 1 SVID\n\n${BLOCK}\n`);
    expect(svidListText([token, token], true)).toBe(
      `Found 2 SVIDs, and there are more: see -limit\n\n${BLOCK}\n${BLOCK}\n`,
    );
  });

  it('says that a serial number that was not found may be decimal', () => {
    expect(svidListText([], false, '43521')).toContain('say aa01');
    expect(svidListText([], false, 'aa01')).toBe('Found 0 SVIDs\n\n');
  });

  it('shows the serial number of an X509-SVID, its task and its revocation', () => {
    const text = svidListText(
      [
        {
          ...token,
          kind: 'SVID_KIND_X509',
          serial: 'aa01',
          jti: '',
          audience: [],
          task_id: 'task-1',
          revocation: '12',
          revoked_at: '1795450865',
        },
      ],
      false,
    );
    expect(text).toContain('Serial number   : aa01\nIn decimal      : 43521\n');
    expect(text).toContain('Task            : task-1\n');
    expect(text).toContain('Revoked at      : 2026-11-23 16:21:05 +0000 UTC (revocation 12)\n');
    expect(text).not.toMatch(/JTI|Audience/);
  });

  it('says how tokens without a jti can be revoked', () => {
    const text = svidListText([token, { ...token, jti: '' }], false);
    expect(text).toContain('JTI             : (none)\n');
    expect(text).toMatch(
      /\n1 JWT-SVID has no jti, and can be revoked by entry, agent and task only: see jwt_svid_jti\n$/,
    );
  });
});
