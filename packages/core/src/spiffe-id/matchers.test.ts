import { describe, expect, it } from '@jest/globals';
import { matchAny, matchId, matchMemberOf, matchOneOf } from './matchers.ts';
import { parseSpiffeId, parseTrustDomain } from './spiffe-id.ts';

const a = parseSpiffeId('spiffe://example.org/a');
const b = parseSpiffeId('spiffe://example.org/b');
const foreign = parseSpiffeId('spiffe://foo.org/a');

describe('matchers', () => {
  it.each([
    ['any', matchAny(), [a, b, foreign], []],
    ['one ID', matchId(a), [a], [b, foreign]],
    ['one of several', matchOneOf(a, foreign), [a, foreign], [b]],
    ['one of none', matchOneOf(), [], [a, b, foreign]],
    ['a trust domain', matchMemberOf(parseTrustDomain('example.org')), [a, b], [foreign]],
  ])('%s', (_, matcher, passing, refused) => {
    expect(passing.map(matcher)).toEqual(passing.map(() => undefined));
    for (const id of refused) expect(matcher(id)).toContain(id.trustDomain.name);
  });
});
