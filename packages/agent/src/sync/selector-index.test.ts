import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatSelector } from '@signet/core';
import { testEntry } from '../testdata/entries.ts';
import { SelectorIndex } from './selector-index.ts';

const values = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
const needs = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 4 });

describe('SelectorIndex', () => {
  it('finds exactly the entries all of whose selectors the workload has, ordered by ID', () => {
    fc.assert(
      fc.property(fc.array(needs, { maxLength: 12 }), values, (rows, has) => {
        const entries = rows.map((row, i) => testEntry(`e${i % 7}-${i}`, { needs: row }));
        const selectors = new Set(has.map((value) => `test:${value}`));
        const expected = entries
          .filter((entry) => entry.selectors.every((selector) => selectors.has(formatSelector(selector))))
          .map((entry) => entry.id)
          .sort();
        expect(new SelectorIndex(entries).match(selectors).map((entry) => entry.id)).toEqual(expected);
      }),
    );
  });

  it('keeps what goes to a secret store from callers', () => {
    const index = new SelectorIndex([testEntry('e1', { storeSvid: true })]);
    expect(index.match(new Set(['test:a']))).toEqual([]);
  });
});
