import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { parseTrustDomain } from '@signet/core';
import { FakeFailure, FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { jwtBundlesMessage, jwtSvidMessage } from '../../../../test/kit/workload-messages.ts';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { JwtSource } from './jwt-source.ts';

const ORDERS = 'spiffe://example.org/orders';
let ca: TestCa;
let partner: TestCa;
let stranger: TestCa;
let api: FakeWorkloadApi;
let source: JwtSource;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  partner = await TestCa.create('partner.org');
  stranger = await TestCa.create('stranger.org');
});

beforeEach(async () => {
  api = await FakeWorkloadApi.start();
  api.jwtBundles.push(jwtBundlesMessage([ca, partner]));
  api.onFetchJwtSvid = (request) =>
    jwtSvidMessage([{ id: ORDERS, token: ca.issueJwtSvid('/orders', request) }]);
  source = await JwtSource.open({ endpoint: api.endpoint });
});

afterEach(async () => {
  source.close();
  await api[Symbol.asyncDispose]();
});

async function push(cas: readonly TestCa[]): Promise<void> {
  const updated = new Promise<void>((resolve) => {
    const stop = source.onUpdate(() => {
      stop();
      resolve();
    });
  });
  api.jwtBundles.push(jwtBundlesMessage(cas));
  await updated;
}

describe('JwtSource', () => {
  it('fetches a token of the default identity', async () => {
    const { token, spiffeId } = await source.fetch({ audience: 'billing' });
    expect(spiffeId.uri).toBe(ORDERS);
    expect(source.validate(token, 'billing').id.uri).toBe(ORDERS);
  });

  it('WAPI-29: passes on that an identity is not granted', async () => {
    api.onFetchJwtSvid = () => {
      throw new FakeFailure(status.PERMISSION_DENIED, 'no identity issued');
    };
    expect(await rejectionCode(source.fetch({ audience: 'a', spiffeId: ORDERS }))).toBe(
      'ERR_PERMISSION_DENIED',
    );
  });

  it.each<[string, () => string, string | string[], string]>([
    ['JWT-10: another audience', () => token(ca), 'somebody-else', 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['T53: no audience of one’s own', () => token(ca), [], 'ERR_JWT_EXPECTED_AUDIENCE'],
    ['JWT-13: one that has expired', () => token(ca, { ttl: -120 }), 'billing', 'ERR_JWT_EXPIRED'],
    [
      'JWT-21: one of a trust domain that is not trusted',
      () => token(stranger),
      'billing',
      'ERR_JWT_NO_BUNDLE',
    ],
    ['JWT-14: one with a broken signature', () => broken(token(ca)), 'billing', 'ERR_JWT_SIGNATURE'],
    [
      'JWT-21, T54: one with a key of another trust domain',
      () => token(partner, { of: ca }),
      'billing',
      'ERR_JWT_NO_AUTHORITY',
    ],
    ['T51: one that is not signed', () => unsigned(token(ca)), 'billing', 'ERR_JWT_ALGORITHM'],
  ])('does not accept %s', (_, make, audience, code) => {
    expect(errorCode(() => source.validate(make(), audience))).toBe(code);
  });

  it('accepts a token of a federated trust domain, for one of several audiences', () => {
    expect(source.validate(token(partner), ['orders', 'billing']).id.uri).toBe('spiffe://partner.org/orders');
  });

  it('WAPI-10: a trust domain that vanishes is not trusted any more', async () => {
    await push([ca]);
    expect(errorCode(() => source.validate(token(partner), 'billing'))).toBe('ERR_JWT_NO_BUNDLE');
    expect(source.jwtBundle(parseTrustDomain('partner.org'))).toBeUndefined();
    expect([...source.bundles.bundles.keys()]).toEqual(['example.org']);
  });

  it('follows a rotation of the keys', async () => {
    const next = await TestCa.create('example.org');
    expect(errorCode(() => source.validate(token(next), 'billing'))).toBe('ERR_JWT_NO_AUTHORITY');
    await push([next]);
    expect(source.validate(token(next), 'billing').id.uri).toBe(ORDERS);
  });

  it('WAPI-12: reports a bundle that is no JWK set, and keeps the others', async () => {
    const reported = new Promise<string>((resolve) => {
      source.onFailure(({ code }) => {
        resolve(code);
      });
    });
    const { bundles } = jwtBundlesMessage([ca]);
    api.jwtBundles.push({ bundles: { ...bundles, 'spiffe://partner.org': Buffer.from('{"keys":') } });
    expect(await reported).toBe('ERR_JSON_MALFORMED');
    expect(source.validate(token(ca), 'billing').id.uri).toBe(ORDERS);
  });

  it('WAPI-25: validates nothing after its bundles were withdrawn', async () => {
    const failed = new Promise((resolve) => source.onFailure(resolve));
    api.jwtBundles.fail(status.PERMISSION_DENIED, 'no identity issued');
    await failed;
    expect(errorCode(() => source.validate(token(ca), 'billing'))).toBe('ERR_PERMISSION_DENIED');
  });

  it('closed: neither validates nor fetches', async () => {
    await source[Symbol.asyncDispose]();
    expect(source.closed.aborted).toBe(true);
    expect(errorCode(() => source.validate(token(ca), 'billing'))).toBe('ERR_UNAVAILABLE');
    expect(await rejectionCode(source.fetch({ audience: 'billing' }))).toBe('ERR_UNAVAILABLE');
  });

  it('WE-13: is not opened when the agent wants no such call', async () => {
    api.jwtBundles.fail(status.UNIMPLEMENTED, 'disabled');
    expect(await rejectionCode(JwtSource.open({ endpoint: api.endpoint }))).toBe('ERR_UNIMPLEMENTED');
  });
});

/** A token of `/orders` in the trust domain of `of`, signed with the key of `signer`. */
function token(signer: TestCa, { ttl = 300, of = signer }: { ttl?: number; of?: TestCa } = {}): string {
  const [header, claims] = [signer, of].map((each) =>
    each.issueJwtSvid('/orders', { audience: ['billing'], ttl }),
  );
  return signer.signJwt(header?.split('.')[0] ?? '', claims?.split('.')[1] ?? '');
}

function broken(good: string): string {
  const [header, claims, signature = ''] = good.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  return [header, claims, bytes.toString('base64url')].join('.');
}

function unsigned(good: string): string {
  const [, claims] = good.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'a' })).toString('base64url');
  return [header, claims, 'AA'].join('.');
}
