import { describe, expect, it } from '@jest/globals';
import { createRateLimits } from './limits.ts';

const ATTEST = '/spire.api.server.agent.v1.Agent/AttestAgent';
const RENEW = '/spire.api.server.agent.v1.Agent/RenewAgent';
const BATCH = '/spire.api.server.svid.v1.SVID/BatchNewX509SVID';
const JWT = '/spire.api.server.svid.v1.SVID/NewJWTSVID';
const STATUS = '/spire.api.server.agent.v1.Agent/PostStatus';
const LIST = '/spire.api.server.agent.v1.Agent/ListAgents';

const clock = { nowMs: () => 1_800_000_000_000 };
const call = {
  peer: '192.0.2.1',
  deadlineMs: clock.nowMs() + 1,
  life: { signal: new AbortController().signal },
};
const sleep = () => Promise.resolve();

function limits(attestation = true, signing = true) {
  return createRateLimits({ attestation, signing }, clock, sleep);
}

async function takeMany(method: string, times: number, from = limits()): Promise<string | undefined> {
  for (let i = 0; i < times; i++) {
    const error = await from.takeForCall(method, call).then(
      () => undefined,
      (refusal: unknown) => (refusal as Error).message,
    );
    if (error !== undefined) return error;
  }
  return undefined;
}

describe('createRateLimits', () => {
  it.each([
    [ATTEST, 1, 'rejecting request due to attest agent rate limiting: '],
    [RENEW, 500, 'rejecting request due to renew agent rate limiting: '],
    [JWT, 500, 'rejecting request due to JWT signing request rate limiting: '],
    [STATUS, 10, 'rejecting request due to post status rate limiting: '],
  ])('%s has %d tokens', async (method, limit, prefix) => {
    const from = limits();
    expect(await takeMany(method, limit, from)).toBeUndefined();
    expect(await takeMany(method, 1, from)).toMatch(new RegExp(`^${prefix}`));
  });

  it.each([
    ['2001:db8::1', '2001:db8::ffff:2', /attest/],
    ['2001:db8::1', '2001:db8:0:1::1', undefined],
    ['192.0.2.1', '::ffff:192.0.2.1', /attest/],
    ['192.0.2.1', '::ffff:c000:201', /attest/],
    ['192.0.2.1', '192.0.2.2', undefined],
  ])('%s and %s', async (first, second, refusal) => {
    const from = limits();
    await from.takeForCall(ATTEST, { ...call, peer: first });
    const taken = from.takeForCall(ATTEST, { ...call, peer: second });
    if (refusal === undefined) await taken;
    else await expect(taken).rejects.toThrow(refusal);
  });

  it('does not limit a method without a bucket', async () => {
    expect(await takeMany(LIST, 2000)).toBeUndefined();
  });

  it('charges a batch by its items, and says so in SPIRE words', async () => {
    await expect(limits().takeForItems(BATCH, { ...call, count: 501 })).rejects.toMatchObject({
      code: 'ERR_RATE_BURST_EXCEEDED',
      message:
        'rejecting request due to certificate signing rate limiting: rate (501) exceeds burst size (500)',
    });
  });

  it('charges nothing for the call of a batch itself', async () => {
    const from = limits();
    expect(await takeMany(BATCH, 10, from)).toBeUndefined();
    await from.takeForItems(BATCH, { ...call, count: 500 });
  });

  it('lets renewals and batches share one bucket', async () => {
    const from = limits();
    await from.takeForItems(BATCH, { ...call, count: 500 });
    expect(await takeMany(RENEW, 1, from)).toMatch(/renew agent rate limiting/);
  });

  it('switches attestation and signing off, each on its own, but not the others', async () => {
    expect(await takeMany(ATTEST, 5, limits(false, true))).toBeUndefined();
    expect(await takeMany(JWT, 600, limits(true, false))).toBeUndefined();
    expect(await takeMany(STATUS, 11, limits(false, false))).toMatch(/post status/);
  });
});
