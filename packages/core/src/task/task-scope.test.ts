import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SignetError } from '../errors.ts';
import { checkTaskRequest, narrowTaskScope, type TaskBounds, type TaskRequest } from './task-scope.ts';
import type { TaskScope } from './task.ts';

const NOW = 1_800_000_000;
const plain: TaskRequest = { purpose: 'a test', audiences: [], destinations: [], ttl: 0, budget: 0 };
const open: TaskBounds = { policy: { maxTtl: 0 }, entryExpiresAt: 0, now: NOW };
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof SignetError ? error.code : String(error);
  }
}

describe('checkTaskRequest', () => {
  it.each<[string, Partial<TaskRequest>]>([
    ['no purpose', { purpose: '' }],
    ['a purpose that is too long', { purpose: 'x'.repeat(257) }],
    ['a line feed in the purpose', { purpose: 'a\nb' }],
    ['an escape sequence in the purpose', { purpose: '\u001b[2J' }],
    ['a line separator in the purpose', { purpose: 'a\u2028b' }],
    ['a turn of the writing direction in the purpose', { purpose: 'a\u202eb' }],
    ['half a character in the purpose', { purpose: 'a\ud800' }],
    ['a negative TTL', { ttl: -1 }],
    ['half a second', { ttl: 0.5 }],
    ['a negative budget', { budget: -1 }],
    ['a budget beyond all', { budget: 1_000_001 }],
    ['too many audiences', { audiences: names(33) }],
    ['an empty audience', { audiences: ['a', ''] }],
    ['an audience that is too long', { audiences: ['x'.repeat(513)] }],
    ['a scope that is too long', { audiences: names(17).map((name) => name.padEnd(512, 'x')) }],
    ['too many destinations', { destinations: names(33).map((name) => `spiffe://example.org/${name}`) }],
    ['a destination that is no SPIFFE ID', { destinations: ['example.org'] }],
  ])('refuses %s', (_, wrong) => {
    expect(codeOf(() => checkTaskRequest({ ...plain, ...wrong }))).toBe('ERR_INVALID_ARGUMENT');
  });

  it('takes what is at the limits, each name once', () => {
    const request = {
      purpose: 'Nächtlicher Bericht 夜'.padEnd(256, '.'),
      audiences: [...names(31), 'n0'],
      destinations: ['spiffe://example.org/a', 'spiffe://example.org/a'],
      ttl: 1,
      budget: 1_000_000,
    };
    expect(checkTaskRequest(request)).toEqual({
      ...request,
      audiences: names(31),
      destinations: ['spiffe://example.org/a'],
    });
  });
});

describe('narrowTaskScope', () => {
  it.each<[string, Partial<TaskRequest>, Partial<TaskBounds>, number]>([
    ['a day when nobody says', {}, {}, 86_400],
    ['as long as the entry allows', {}, { policy: { maxTtl: 600 } }, 600],
    ['as long as is asked for', { ttl: 60 }, { policy: { maxTtl: 600 } }, 60],
    ['until the entry expires', { ttl: 60 }, { entryExpiresAt: NOW + 30 }, 30],
    ['until its parent ends', {}, { parent: parentUntil(NOW + 20) }, 20],
    ['a second too long by another clock', { ttl: 21 }, { parent: parentUntil(NOW + 20) }, 20],
  ])('lasts %s', (_, request, bounds, seconds) => {
    const scope = narrowTaskScope({ ...plain, ...request }, { ...open, ...bounds });
    expect(scope.deadline - NOW).toBe(seconds);
  });

  it.each<[string, Partial<TaskRequest>, Partial<TaskBounds>, string]>([
    ['a TTL beyond the entry’s', { ttl: 601 }, { policy: { maxTtl: 600 } }, 'ERR_INVALID_ARGUMENT'],
    ['a TTL beyond the parent’s rest', { ttl: 22 }, { parent: parentUntil(NOW + 20) }, 'ERR_TASK_SCOPE'],
    [
      'an audience that the parent has not',
      { audiences: ['b'] },
      { parent: parentOf(['a']) },
      'ERR_TASK_SCOPE',
    ],
    ['more than eight above it', {}, { parent: { ...parentOf([]), depth: 8 } }, 'ERR_TASK_SCOPE'],
  ])('refuses %s', (_, request, bounds, code) => {
    expect(codeOf(() => narrowTaskScope({ ...plain, ...request }, { ...open, ...bounds }))).toBe(code);
  });

  it('never lets a descendant do what one above it may not', () => {
    const some = fc.subarray(['a', 'b', 'c', 'd'] as const);
    const wish = fc.record({ audiences: some, destinations: some, ttl: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 9 }), (wishes) => {
        let parent: TaskScope | undefined;
        for (const wished of wishes) {
          let scope: TaskScope;
          try {
            scope = narrowTaskScope({ ...plain, ...wished }, { ...open, parent });
          } catch {
            return;
          }
          for (const list of ['audiences', 'destinations'] as const) {
            const allowed = parent?.[list] ?? [];
            if (allowed.length === 0) continue;
            expect(scope[list].length).toBeGreaterThan(0);
            expect(scope[list].every((name) => allowed.includes(name))).toBe(true);
          }
          expect(scope.deadline).toBeLessThanOrEqual(parent?.deadline ?? Infinity);
          expect(scope.depth).toBe(parent === undefined ? 0 : parent.depth + 1);
          parent = scope;
        }
      }),
    );
  });
});

function parentUntil(deadline: number): TaskScope {
  return { audiences: [], destinations: [], deadline, depth: 0 };
}

function parentOf(audiences: readonly string[]): TaskScope {
  return { audiences, destinations: [], deadline: NOW + 1000, depth: 0 };
}
