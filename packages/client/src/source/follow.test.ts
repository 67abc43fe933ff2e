import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { status } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';
import { follow, type Pace } from './follow.ts';

type Attempt = readonly (string | Error | { readonly lastsMs: number })[];

/** Follows a script of attempts, one stream each, and stops after the last. */
async function play(attempts: readonly Attempt[], random = 0.5): Promise<Played> {
  const stop = new AbortController();
  const played: Played = { updates: [], failures: [], waits: [], attempts: 0, stop };
  let nowMs = 0;
  const pace: Pace = {
    nowMs: () => nowMs,
    random: () => random,
    wait: (ms) => {
      played.waits.push(ms);
      nowMs += ms;
      if (played.attempts === attempts.length) stop.abort();
      return Promise.resolve();
    },
  };
  async function* open(): AsyncGenerator<string> {
    for (const step of attempts[played.attempts++] ?? []) {
      if (step instanceof Error) throw step;
      if (typeof step === 'string') yield step;
      else nowMs += step.lastsMs;
      await Promise.resolve();
    }
  }
  await follow(
    open,
    {
      update: (value) => played.updates.push(value),
      failure: (error, final) => played.failures.push(`${error.code}${final ? ', final' : ''}`),
    },
    stop.signal,
    pace,
  );
  return played;
}

interface Played {
  readonly updates: string[];
  readonly failures: string[];
  readonly waits: number[];
  attempts: number;
  readonly stop: AbortController;
}

const unavailable = grpcError(status.UNAVAILABLE);
const denied = grpcError(status.PERMISSION_DENIED);

describe('follow', () => {
  it('WAPI-4: opens a steady stream again at once when it ends', async () => {
    const { updates, waits } = await play([
      ['a', { lastsMs: 5000 }],
      ['b', { lastsMs: 5000 }, unavailable],
      ['c'],
    ]);
    expect(updates).toEqual(['a', 'b', 'c']);
    expect(waits.slice(0, 2)).toEqual([0, 0]);
  });

  it('backs off from 100 ms to 10 s when the agent is away', async () => {
    const { waits } = await play(Array.from({ length: 10 }, () => [unavailable]));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  });

  it('WE-15: backs off when there is no identity', async () => {
    const { waits, failures } = await play([[denied], [denied], [denied]]);
    expect(waits).toEqual([100, 200, 400]);
    expect(failures).toEqual(Array(3).fill('ERR_PERMISSION_DENIED'));
  });

  it('does not storm an agent that ends each stream after its first message', async () => {
    const { waits } = await play(Array.from({ length: 5 }, () => ['state']));
    expect(waits).toEqual([100, 200, 400, 800, 1600]);
  });

  it('starts the back-off anew after a steady stream', async () => {
    const { waits } = await play([
      [unavailable],
      [unavailable],
      ['a', { lastsMs: 1000 }],
      [unavailable],
      ['b'],
    ]);
    expect(waits.slice(0, 4)).toEqual([100, 200, 0, 100]);
  });

  it('a stream that held without a message was not steady', async () => {
    const { waits } = await play([[{ lastsMs: 60_000 }, unavailable], [unavailable]]);
    expect(waits).toEqual([100, 200]);
  });

  it('spreads each wait by a fifth either way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (random) => {
        const { waits } = await play([[unavailable], [unavailable]], random);
        expect(waits[0]).toBeGreaterThanOrEqual(80 - 1e-9);
        expect(waits[0]).toBeLessThan(120 + 1e-9);
        expect(waits[1]).toBeCloseTo((waits[0] as number) * 2);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['WE-13: INVALID_ARGUMENT', status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT, final'],
    ['WE-16: UNIMPLEMENTED', status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED, final'],
  ])('%s is not tried again', async (_, code, expected) => {
    const { attempts, failures, waits } = await play([['a', grpcError(code)], ['b']]);
    expect({ attempts, failures, waits }).toEqual({ attempts: 1, failures: [expected], waits: [] });
  });

  it.each([
    [status.CANCELLED, 'ERR_UNAVAILABLE'],
    [status.UNKNOWN, 'ERR_INTERNAL'],
    [status.DEADLINE_EXCEEDED, 'ERR_UNAVAILABLE'],
    [status.RESOURCE_EXHAUSTED, 'ERR_RESOURCE_EXHAUSTED'],
    [status.INTERNAL, 'ERR_INTERNAL'],
    [status.UNAUTHENTICATED, 'ERR_UNAUTHENTICATED'],
  ])('status %i is tried again', async (code, expected) => {
    const { attempts, failures } = await play([[grpcError(code)], ['b']]);
    expect({ attempts, failures }).toEqual({ attempts: 2, failures: [expected] });
  });

  it('a refusal of our own making is no status of the agent', async () => {
    const { attempts } = await play([[new WorkloadApiError('ERR_INVALID_ARGUMENT', 'ours')], ['b']]);
    expect(attempts).toBe(2);
  });

  it('hears nothing any more after it was stopped', async () => {
    const stop = new AbortController();
    const heard: string[] = [];
    async function* open(): AsyncGenerator<string> {
      yield 'before';
      await Promise.resolve();
      yield 'after';
    }
    await follow(
      open,
      {
        update: (value) => {
          heard.push(value);
          stop.abort();
        },
        failure: (error) => heard.push(error.code),
      },
      stop.signal,
    );
    expect(heard).toEqual(['before']);
  });

  it('does not begin when it was stopped before', async () => {
    let attempts = 0;
    const open = (): AsyncIterable<string> => {
      attempts++;
      throw new Error('opened');
    };
    const nothing = { update: () => undefined, failure: () => undefined };
    await follow(open, nothing, AbortSignal.abort());
    expect(attempts).toBe(0);
  });

  it('wakes up from a wait when it is stopped', async () => {
    const stop = new AbortController();
    const open = (): AsyncIterable<string> => {
      throw unavailable;
    };
    const follower = { update: () => undefined, failure: () => setImmediate(() => stop.abort()) };
    await follow(open, follower, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});

function grpcError(code: number): Error {
  return Object.assign(new Error(`status ${code}`), { code, details: `status ${code}` });
}
