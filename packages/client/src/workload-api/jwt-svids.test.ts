import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import type { WorkloadJWTSVIDResponseOutput } from '@signet/api';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { jwtSvidMessage } from '../../../../test/kit/workload-messages.ts';
import { errorCode } from '../testdata/error-code.ts';
import { jwtSvidsOf } from './jwt-svids.ts';

const ORDERS = 'spiffe://example.org/orders';
let ca: TestCa;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
});

type Svids = Parameters<typeof jwtSvidMessage>[0];

function wire(svids: Svids): WorkloadJWTSVIDResponseOutput {
  return jwtSvidMessage(svids) as WorkloadJWTSVIDResponseOutput;
}

function token(path = '/orders', audience = ['a', 'b']): string {
  return ca.issueJwtSvid(path, { audience });
}

describe('jwtSvidsOf', () => {
  it('reads tokens, the default identity’s first', () => {
    const answer = wire([
      { id: ORDERS, token: token(), hint: 'main' },
      { id: 'spiffe://example.org/billing', token: token('/billing') },
    ]);
    const svids = jwtSvidsOf(answer, { audience: ['a', 'b'] });
    expect(svids.map(({ spiffeId, hint }) => [spiffeId.uri, hint])).toEqual([
      [ORDERS, 'main'],
      ['spiffe://example.org/billing', ''],
    ]);
    expect(svids[0]?.expiresAt).toBeGreaterThan(Date.now() / 1000);
  });

  it('WAPI-22: of two tokens with the same hint the first counts', () => {
    const twice = [ORDERS, 'spiffe://example.org/billing'].map((id) => ({
      id,
      token: token(id.slice('spiffe://example.org'.length)),
      hint: 'main',
    }));
    expect(jwtSvidsOf(wire(twice), { audience: ['a'] })).toHaveLength(1);
  });

  it.each<[string, () => Svids, string]>([
    ['WAPI-30: no token', () => [], 'ERR_JWT_MALFORMED'],
    ['WAPI-12: an empty token', () => [{ id: ORDERS, token: '' }], 'ERR_JWT_MALFORMED'],
    ['WAPI-12: an empty ID', () => [{ id: '', token: token() }], 'ERR_SPIFFE_ID_SCHEME'],
    [
      'another ID than the token’s',
      () => [{ id: 'spiffe://example.org/x', token: token() }],
      'ERR_JWT_CLAIMS',
    ],
    [
      'WAPI-27: only a part of the audience',
      () => [{ id: ORDERS, token: token('/orders', ['a']) }],
      'ERR_JWT_CLAIMS',
    ],
    [
      'WAPI-28: another identity than asked for',
      () => [{ id: 'spiffe://example.org/billing', token: token('/billing') }],
      'ERR_JWT_CLAIMS',
    ],
  ])('refuses %s', (_, svids, code) => {
    const expected = { audience: ['a', 'b'], spiffeId: parseSpiffeId(ORDERS) };
    expect(errorCode(() => jwtSvidsOf(wire(svids()), expected))).toBe(code);
  });
});
