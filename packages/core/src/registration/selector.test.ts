import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchSelectors, matchTrustDomains, type MatchBehavior } from './match-behavior.ts';
import { isSubset, SelectorSet, selectorsEqualAsSets } from './selector-set.ts';
import {
  formatSelector,
  normalizeSelectors,
  parseSelector,
  type Selector,
  validateSelector,
} from './selector.ts';
import { parseTrustDomain } from '../spiffe-id/spiffe-id.ts';

const parseAll = (texts: string): Selector[] => texts.split(' ').filter(Boolean).map(parseSelector);

describe('parseSelector', () => {
  it.each([
    ['unix:uid:1000', 'unix', 'uid:1000'],
    ['a:b', 'a', 'b'],
    ['a::', 'a', ':'],
  ])('splits %s at its first colon', (text, type, value) => {
    expect(parseSelector(text)).toEqual({ type, value });
    expect(formatSelector({ type, value })).toBe(text);
  });

  it.each([
    ['unix', 'ERR_SELECTOR_SYNTAX'],
    ['', 'ERR_SELECTOR_SYNTAX'],
    [':uid', 'ERR_SELECTOR_TYPE_MISSING'],
    ['unix:', 'ERR_SELECTOR_VALUE_MISSING'],
  ])('refuses %j', (text, code) => {
    expect(() => parseSelector(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('validateSelector', () => {
  it.each([
    [{ type: '', value: '' }, 'ERR_SELECTOR_TYPE_MISSING', 'missing selector type'],
    [{ type: 'a:b', value: '' }, 'ERR_SELECTOR_TYPE_COLON', "selector type contains ':'"],
    [{ type: 'a', value: '' }, 'ERR_SELECTOR_VALUE_MISSING', 'missing selector value'],
  ])("refuses %j with SPIRE's text", (selector, code, message) => {
    expect(() => {
      validateSelector(selector);
    }).toThrow(expect.objectContaining({ code, message }));
  });
});

describe('sets of selectors', () => {
  it('sorts and drops repetition', () => {
    expect(normalizeSelectors(parseAll('b:1 a:2 b:1 a:1')).map(formatSelector)).toEqual([
      'a:1',
      'a:2',
      'b:1',
    ]);
  });

  it.each([
    ['a:1 b:2', 'b:2 a:1', true],
    ['a:1 a:1', 'a:1', true],
    ['', '', true],
    ['a:1', 'a:2', false],
    ['a:1', 'a:1 b:2', false],
  ])('%j and %j are the same set: %s', (a, b, areEqual) => {
    expect(selectorsEqualAsSets(parseAll(a), parseAll(b))).toBe(areEqual);
  });

  it('does not mix type and value', () => {
    expect(isSubset([{ type: 'a', value: 'b:c' }], [{ type: 'a', value: 'b' }])).toBe(false);
    expect(new SelectorSet([{ type: '__proto__', value: 'x' }]).has({ type: '__proto__', value: 'x' })).toBe(
      true,
    );
    expect(new SelectorSet([]).has({ type: 'constructor', value: 'name' })).toBe(false);
  });

  it('matches more, never less, the more a workload has', () => {
    fc.assert(
      fc.property(selectorList(), selectorList(), selectorList(), (entry, workload, more) => {
        if (!isSubset(entry, workload)) return;
        expect(isSubset(entry, [...workload, ...more])).toBe(true);
      }),
    );
  });
});

describe('matchSelectors', () => {
  const rows: readonly (readonly [string, string, readonly MatchBehavior[]])[] = [
    ['a:1 b:2', 'b:2 a:1', ['exact', 'subset', 'superset', 'any']],
    ['a:1', 'a:1 b:2', ['subset', 'any']],
    ['a:1 b:2', 'a:1', ['superset', 'any']],
    ['a:1 b:2', 'b:2 c:3', ['any']],
    ['a:1', 'c:3', []],
    ['', 'a:1', []],
    ['', '', []],
  ];

  it.each(rows)('row %j against query %j', (row, query, expected) => {
    const behaviors: readonly MatchBehavior[] = ['exact', 'subset', 'superset', 'any'];
    expect(behaviors.filter((behavior) => matchSelectors(parseAll(row), parseAll(query), behavior))).toEqual(
      expected,
    );
  });

  it('compares trust domains by the same table', () => {
    const [a, b] = [parseTrustDomain('a'), parseTrustDomain('b')];
    expect(matchTrustDomains([a, b], [b], 'superset')).toBe(true);
    expect(matchTrustDomains([a, b], [b], 'exact')).toBe(false);
    expect(matchTrustDomains([], [b], 'subset')).toBe(false);
  });
});

function selectorList(): fc.Arbitrary<Selector[]> {
  return fc.array(fc.record({ type: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', '3') }), {
    maxLength: 5,
  });
}
