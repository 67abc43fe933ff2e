import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { systemReason } from './system-reason.ts';

function failureOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('the reason of', () => {
  it.each([
    ['a missing file', failureOf(() => readFileSync('/nope')), 'no such file or directory'],
    ['a directory', failureOf(() => readFileSync('/')), 'is a directory'],
    ['a plain error', new Error('too long'), 'too long'],
    ['an error with a code of its own', Object.assign(new Error('bad'), { code: 'ERR_X' }), 'bad'],
    ['a text', 'boo', 'boo'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_name, error, reason) => {
    expect(systemReason(error)).toBe(reason);
  });
});
