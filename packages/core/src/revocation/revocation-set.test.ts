import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type JsonValue } from '../json/json-value.ts';
import { parseSpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { JwtSvid } from '../svid/jwt-svid.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { Revocation, RevocationTarget } from './revocation.ts';
import { RevocationSet, X509_SVID_BACKDATE_SECONDS } from './revocation-set.ts';

interface Credential {
  readonly authorityId: string;
  readonly serialHex: string;
  readonly jti: string;
  readonly taskId: string | undefined;
  readonly spiffeId: string;
  readonly issuedAt: number;
}

// Small alphabets, so that what is looked up is often there.
const authorityId = fc.constantFrom('aa', 'bb');
const serialHex = fc.constantFrom('01', '02', '0303');
const jti = fc.constantFrom('j1', 'j2', 'j3');
const taskId = fc.constantFrom('t1', 't2');
const path = fc.array(fc.constantFrom('a', 'ab', 'b'), { maxLength: 4 });
const spiffeId = path.map((segments) => ['spiffe://example.org', ...segments].join('/'));
const moment = fc.integer({ min: 100, max: 105 });

const target: fc.Arbitrary<RevocationTarget> = fc.oneof(
  fc.record({ kind: fc.constant('x509' as const), authorityId, serialHex }),
  fc.record({ kind: fc.constant('jwt' as const), jti }),
  fc.record({ kind: fc.constant('task' as const), taskId }),
  fc.record({ kind: fc.constant('subject' as const), spiffeId, isPrefix: fc.boolean(), issuedUntil: moment }),
);
const revocation: fc.Arbitrary<Revocation> = fc.record({
  sequence: fc.integer({ min: 1, max: 50 }),
  reason: fc.constantFrom('unspecified' as const, 'keyCompromise' as const),
  revokedAt: fc.constant(100),
  expiresAt: fc.integer({ min: 200, max: 205 }),
  target,
});
const credential: fc.Arbitrary<Credential> = fc.record({
  authorityId,
  serialHex,
  jti,
  taskId: fc.option(taskId, { nil: undefined }),
  spiffeId: path.map((segments) => ['spiffe://example.org', 'a', ...segments].join('/')),
  issuedAt: moment,
});
type Step =
  { readonly apply: readonly Revocation[]; readonly isFullState: boolean } | { readonly forget: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ apply: fc.array(revocation), isFullState: fc.constant(false) }) },
  fc.record({ apply: fc.array(revocation), isFullState: fc.constant(true) }),
  fc.record({ forget: fc.integer({ min: 199, max: 206 }) }),
);

/** What a set should hold after some steps, in the plainest way. */
function heldAfter(steps: readonly Step[]): Revocation[] {
  let held: Revocation[] = [];
  for (const each of steps) {
    if ('forget' in each) held = held.filter(({ expiresAt }) => expiresAt > each.forget);
    else held = [...(each.isFullState ? [] : held), ...each.apply];
  }
  return held;
}

function setAfter(steps: readonly Step[]): RevocationSet {
  const set = new RevocationSet();
  for (const each of steps) {
    if ('forget' in each) set.forgetExpired(each.forget);
    else set.apply(each.apply, each);
  }
  return set;
}

function covers({ target: it }: Revocation, credential: Credential, form: 'x509' | 'jwt'): boolean {
  switch (it.kind) {
    case 'x509':
      return (
        form === 'x509' && it.authorityId === credential.authorityId && it.serialHex === credential.serialHex
      );
    case 'jwt':
      return form === 'jwt' && it.jti === credential.jti;
    case 'task':
      return it.taskId === credential.taskId;
    case 'subject': {
      const isBelow = it.isPrefix && `${credential.spiffeId}/`.startsWith(`${it.spiffeId}/`);
      return (isBelow || it.spiffeId === credential.spiffeId) && credential.issuedAt <= it.issuedUntil;
    }
  }
}

function certificateOf({ authorityId, serialHex, spiffeId, issuedAt, taskId }: Credential): Certificate {
  return {
    authorityKeyId: Buffer.from(authorityId, 'hex'),
    serialHex,
    uriSans: [spiffeId],
    notBefore: issuedAt - X509_SVID_BACKDATE_SECONDS,
    ...(taskId !== undefined && { taskId }),
  } as unknown as Certificate;
}

function tokenOf({ jti, taskId, spiffeId, issuedAt }: Credential): JwtSvid {
  const claims = new Map<string, JsonValue>([['jti', jti]]);
  if (taskId !== undefined) claims.set('task', taskId);
  return { id: parseSpiffeId(spiffeId), issuedAt, claims } as unknown as JwtSvid;
}

function subject(spiffeId: string, isPrefix: boolean, issuedUntil = 100): Revocation {
  const target = { kind: 'subject' as const, spiffeId, isPrefix, issuedUntil };
  return { sequence: 1, reason: 'unspecified', revokedAt: 100, expiresAt: 200, target };
}

describe('RevocationSet against a list that is searched from end to end', () => {
  it.each(['x509', 'jwt'] as const)('finds exactly what is revoked: %s', (form) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), credential, (steps, it) => {
        const matches = heldAfter(steps).filter((each) => covers(each, it, form));
        const set = setAfter(steps);
        const found = form === 'x509' ? set.findX509(certificateOf(it)) : set.findJwt(tokenOf(it));
        expect(found !== undefined).toBe(matches.length > 0);
        if (found !== undefined) expect(matches).toContainEqual(found);
      }),
      { numRuns: 3000 },
    );
  });

  it('yields what it holds, and another set made of that finds the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.array(credential), (steps, credentials) => {
        const set = setAfter(steps);
        const values = [...set.values()];
        expect(values).toHaveLength(set.size);
        const copy = new RevocationSet();
        copy.apply(values, { isFullState: true });
        for (const it of credentials) {
          expect(copy.findX509(certificateOf(it))).toEqual(set.findX509(certificateOf(it)));
          expect(copy.findJwt(tokenOf(it))).toEqual(set.findJwt(tokenOf(it)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the highest sequence since the last full state, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(revocation), fc.array(revocation), (first, second) => {
        const set = new RevocationSet();
        set.apply(first, { isFullState: false });
        set.apply(second, { isFullState: true });
        expect(set.latest).toBe(Math.max(0, ...second.map(({ sequence }) => sequence)));
        set.apply(first, { isFullState: false });
        expect(set.latest).toBe(Math.max(0, ...[...first, ...second].map(({ sequence }) => sequence)));
      }),
    );
  });
});

describe('subject rules', () => {
  const token = (uri: string, issuedAt?: number): JwtSvid =>
    ({ id: parseSpiffeId(uri), claims: new Map(), ...(issuedAt && { issuedAt }) }) as unknown as JwtSvid;

  it.each([
    ['spiffe://example.org/a', false, 'spiffe://example.org/a', true],
    ['spiffe://example.org/a', false, 'spiffe://example.org/a/b', false],
    ['spiffe://example.org/a', true, 'spiffe://example.org/a', true],
    ['spiffe://example.org/a', true, 'spiffe://example.org/a/b/c', true],
    ['spiffe://example.org/a', true, 'spiffe://example.org/ab', false],
    ['spiffe://example.org', true, 'spiffe://example.org/a', true],
    ['spiffe://example.org', true, 'spiffe://example.org.evil/a', false],
    ['spiffe://example', true, 'spiffe://example.org/a', false],
  ])('%s (prefix: %s) and %s: %s', (spiffeId, isPrefix, holder, expected) => {
    const set = new RevocationSet();
    set.apply([subject(spiffeId, isPrefix)], { isFullState: false });
    expect(set.findJwt(token(holder, 100)) !== undefined).toBe(expected);
  });

  it('cover a token that does not say when it was issued', () => {
    const set = new RevocationSet();
    set.apply([subject('spiffe://example.org/a', false)], { isFullState: false });
    expect(set.findJwt(token('spiffe://example.org/a'))).toBeDefined();
    expect(set.findJwt(token('spiffe://example.org/a', 101))).toBeUndefined();
  });

  it('take the room of one when they repeat', () => {
    const set = new RevocationSet();
    for (let until = 100; until < 200; until++) {
      set.apply([subject('spiffe://example.org/a', true, until)], { isFullState: false });
    }
    expect(set.size).toBe(1);
  });
});
