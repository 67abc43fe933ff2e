import { beforeEach, describe, expect, it } from '@jest/globals';
import { AgentError } from '@signet/core';
import { entryMap, testEntry } from '../testdata/entries.ts';
import type { FairGateLimits } from '../fair-gate.ts';
import { JwtSvidCache } from './jwt-svid-cache.ts';

let now: number;
let fetches: string[];
let failing: boolean;
let cache: JwtSvidCache;

const entry = testEntry('e1');

beforeEach(() => {
  now = 1_000_000;
  fetches = [];
  failing = false;
  cache = open();
});

function open(capacity = 10): JwtSvidCache {
  return new JwtSvidCache({
    clock: { nowMs: () => now * 1000 },
    capacity,
    draw: () => 0.5,
    fetch: (of, audience) => {
      if (failing) return Promise.reject(new AgentError('ERR_UNAVAILABLE', 'the server is away'));
      fetches.push(`${of.id}:${audience.join('+')}`);
      const token = `token ${fetches.length}`;
      return Promise.resolve({ token, keyId: `k${fetches.length}`, issuedAt: now, expiresAt: now + 300 });
    },
  });
}

async function token(audience: readonly string[] = ['x'], of = entry, user = '1000'): Promise<string> {
  return (await cache.get(of, audience, user)).token;
}

/** A cache whose server answers when it is told to. */
function held(turns: FairGateLimits): { readonly asked: string[]; answer(): void } {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  cache = new JwtSvidCache({
    clock: { nowMs: () => now * 1000 },
    capacity: 100,
    draw: () => 0.5,
    turns,
    fetch: (_, [audience = '']) => {
      asked.push(audience);
      const record = { token: audience, keyId: 'k', issuedAt: now, expiresAt: now + 300 };
      return new Promise((resolve) => waiting.push(() => resolve(record)));
    },
  });
  return { asked, answer: () => waiting.shift()?.() };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('JwtSvidCache', () => {
  it('keeps audiences {"ab","cd"} and {"a","bcd"} apart, and takes order for nothing (SPIRE PR#4309)', async () => {
    expect(await token(['ab', 'cd'])).toBe('token 1');
    expect(await token(['a', 'bcd'])).toBe('token 2');
    expect(await token(['cd', 'ab'])).toBe('token 1');
    expect(await token(['abcd'])).toBe('token 3');
  });

  it('keeps entries apart', async () => {
    expect(await token(['x'])).toBe('token 1');
    expect(await token(['x'], testEntry('e2'))).toBe('token 2');
  });

  it('renews at half life, not before', async () => {
    await token();
    now += 149;
    expect(await token()).toBe('token 1');
    now += 2;
    expect(await token()).toBe('token 2');
  });

  it('hands out a valid one while the server is away, an expired one never', async () => {
    await token();
    failing = true;
    now += 299;
    expect(await token()).toBe('token 1');
    now += 1;
    await expect(token()).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  });

  it('never hands out one with a jti twice', async () => {
    const unique = testEntry('e1', { jwtSvidIncludeJti: true });
    expect([await token(['x'], unique), await token(['x'], unique)]).toEqual(['token 1', 'token 2']);
    expect(cache.size).toBe(0);
  });

  it('asks once for all who want the same at the same time', async () => {
    expect(await Promise.all([token(), token(), token()])).toEqual(['token 1', 'token 1', 'token 1']);
  });

  it.each([false, true])(
    'asks the server a few things at once, users in turn, and refuses what is too much (jti: %s; T30)',
    async (jwtSvidIncludeJti) => {
      const { asked, answer } = held({ atOnce: 2, atOncePerKey: 1, waiting: 3 });
      const of = testEntry('e1', { jwtSvidIncludeJti });
      const flood = Array.from({ length: 9 }, (_, i) => token([`noisy ${i}`], of, '1'));
      const refused = flood
        .slice(4)
        .map((one) => expect(one).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' }));
      await Promise.all(refused);
      const quiet = token(['quiet'], of, '2');
      await settled();
      expect(asked).toEqual(['noisy 0', 'quiet']);
      for (let i = 0; i < 5; i++) {
        answer();
        await settled();
      }
      expect(await Promise.all([...flood.slice(0, 4), quiet])).toHaveLength(5);
    },
  );

  it('does not have one user wait behind what another asks for', async () => {
    const { asked, answer } = held({ atOnce: 2, atOncePerKey: 1, waiting: 3 });
    const all = [token(['noisy'], entry, '1'), token(['same'], entry, '1'), token(['same'], entry, '2')];
    await settled();
    expect(asked).toEqual(['noisy', 'same']);
    for (let i = 0; i < 3; i++) answer();
    expect(await Promise.all(all)).toEqual(['noisy', 'same', 'same']);
    expect(asked).toHaveLength(2);
  });

  it('counts many calls of one user for the same as one', async () => {
    const { asked, answer } = held({ atOnce: 1, waiting: 1 });
    const all = [token(['busy']), ...Array.from({ length: 50 }, () => token(['same']))];
    await settled();
    answer();
    await settled();
    answer();
    expect(new Set(await Promise.all(all))).toEqual(new Set(['busy', 'same']));
    expect(asked).toEqual(['busy', 'same']);
  });

  it('keeps the tokens of an entry that asks for few, whatever another asks for (T30)', async () => {
    cache = open(4);
    const quiet = testEntry('quiet');
    await token(['q'], quiet);
    for (let i = 0; i < 20; i++) await token([`n${i}`]);
    const before = fetches.length;
    await token(['q'], quiet);
    expect(fetches).toHaveLength(before);
  });

  it('drops what belongs to entries that are gone or changed', async () => {
    await token();
    cache.retain(entryMap(entry));
    expect(cache.size).toBe(1);
    cache.retain(entryMap(testEntry('e1', { revisionNumber: 1 })));
    expect(cache.size).toBe(0);
  });

  it('does not serve a former version of an entry', async () => {
    await token();
    expect(await token(['x'], testEntry('e1', { revisionNumber: 1 }))).toBe('token 2');
  });

  it('drops tokens of a tainted key', async () => {
    await token(['x']);
    await token(['y']);
    expect(cache.distrust(new Set(['k1', 'k9']))).toBe(1);
    expect(await token(['x'])).toBe('token 3');
    expect(await token(['y'])).toBe('token 2');
  });

  it('holds no more than it may', async () => {
    cache = open(2);
    for (const audience of ['a', 'b', 'a', 'c']) await token([audience]);
    expect(cache.size).toBe(2);
    await token(['a']);
    expect(fetches).toEqual(['e1:a', 'e1:b', 'e1:c']);
  });
});
