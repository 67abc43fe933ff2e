import { describe, expect, it } from '@jest/globals';
import { editDistance, nearestName } from './nearest-name.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['trust_domian', 'trust_domain', 1],
  ])('%s to %s', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

describe('nearestName', () => {
  const known = ['trust_domain', 'bind_port', 'bind_address', 'ca_ttl'];
  it.each([
    ['trust_domian', 'trust_domain'],
    ['TrustDomain', 'trust_domain'],
    ['bindport', 'bind_port'],
    ['catl', 'ca_ttl'],
    ['colour', undefined],
  ])('%s', (name, expected) => {
    expect(nearestName(name, known)).toBe(expected);
  });
});
