import { describe, expect, it } from '@jest/globals';
import { expandEnv } from './expand-env.ts';

const env = { A: 'one', B_2: 'two', EMPTY: '' };

describe('expandEnv', () => {
  it.each([
    ['$A', 'one'],
    ['${A}', 'one'],
    ['x${A}y$B_2-', 'xoneytwo-'],
    ['$MISSING.', '.'],
    ['${MISSING}', ''],
    ['$EMPTY', ''],
    ['$$A', '$A'],
    ['$$', '$'],
    ['$', '$'],
    ['a $ b', 'a $ b'],
    ['$constructor', ''],
    ['${A', 'A'],
    ['no variables', 'no variables'],
  ])('%s', (text, expected) => {
    expect(expandEnv(text, env)).toBe(expected);
  });

  it('does not expand what it put in', () => {
    expect(expandEnv('$A', { A: '$B', B: 'x' })).toBe('$B');
  });
});
