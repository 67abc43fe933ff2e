import { describe, expect, it } from '@jest/globals';
import type { ConfigProblem, ConfigValue } from '../kinds/plugin.ts';
import { flag, oneOf, optionalString, requiredString, stringList, wholeNumber } from './setting.ts';
import { readSettings } from './settings.ts';

const settings = {
  keys_path: requiredString(),
  mode: oneOf(['external_pki', 'spiffe'], 'external_pki'),
  paths: stringList(),
  limit: wholeNumber(4, { min: -1, max: 100 }),
  verify: flag(false),
  label: optionalString(),
};

function problemsOf(config: Record<string, ConfigValue>): readonly ConfigProblem[] {
  return readSettings(settings, config).problems;
}

describe('readSettings', () => {
  it('gives defaults for what is absent', () => {
    expect(readSettings(settings, { keys_path: '/k' })).toEqual({
      values: { keys_path: '/k', mode: 'external_pki', paths: [], limit: 4, verify: false, label: undefined },
      problems: [],
    });
  });

  it.each<[string, ConfigValue, unknown]>([
    ['a number', 7, 7],
    ['a number in quotes', '7', 7],
    ['an octal number in quotes', '017', 15],
    ['a negative number', -1, -1],
  ])('reads %s', (_, limit, expected) => {
    expect(readSettings(settings, { keys_path: 'k', limit }).values.limit).toBe(expected);
  });

  it.each<[string, Record<string, ConfigValue>, ConfigProblem]>([
    ['a missing required key', {}, { path: 'keys_path', message: 'is required' }],
    ['an empty required key', { keys_path: '' }, { path: 'keys_path', message: 'is required' }],
    ['a number for a string', { keys_path: 1 }, { path: 'keys_path', message: 'must be a string' }],
    [
      'an unknown word',
      { keys_path: 'k', mode: 'x' },
      { path: 'mode', message: 'must be external_pki or spiffe' },
    ],
    [
      'a list with a number',
      { keys_path: 'k', paths: ['a', 1] },
      { path: 'paths', message: 'must be a list of strings' },
    ],
    [
      'a fraction',
      { keys_path: 'k', limit: 1.5 },
      { path: 'limit', message: 'must be a whole number from -1 to 100' },
    ],
    [
      'too large a number',
      { keys_path: 'k', limit: '101' },
      { path: 'limit', message: 'must be a whole number from -1 to 100' },
    ],
    [
      'a boolean in quotes',
      { keys_path: 'k', verify: 'true' },
      { path: 'verify', message: 'must be true or false' },
    ],
    [
      'a block for a string',
      { keys_path: 'k', label: { a: 1 } },
      { path: 'label', message: 'must be a string' },
    ],
    [
      'a mistyped key',
      { keys_path: 'k', limt: 1 },
      { path: 'limt', message: 'is not a known key', nearest: 'limit' },
    ],
    [
      'a key like no other',
      { keys_path: 'k', qwertyuiop: 1 },
      { path: 'qwertyuiop', message: 'is not a known key' },
    ],
    ['a key twice', { keys_path: 'k', Keys_Path: 'k' }, { path: 'Keys_Path', message: 'is given twice' }],
  ])('refuses %s', (_, config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  it('takes names in any case', () => {
    expect(readSettings(settings, { KEYS_PATH: 'k' })).toMatchObject({
      values: { keys_path: 'k' },
      problems: [],
    });
  });

  it('names every problem at once', () => {
    expect(problemsOf({ mode: 1, verify: 'yes', lable: '' }).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['keys_path', 'mode', 'verify', 'lable']),
    );
  });

  it('does not mistake a key for a property that every object has', () => {
    expect(problemsOf({ keys_path: 'k', constructor: 1, __proto__x: 1 })).toHaveLength(2);
  });
});
