import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oid } from './object-identifiers.ts';
import {
  authorityKeyId,
  basicConstraints,
  commonName,
  extKeyUsage,
  intermediate,
  leaf,
  nameConstraints,
  NOW,
  type Party,
  san,
  testKey,
  type TestKey,
  type Wish,
} from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { verifyChain } from './verify-chain.ts';

/** A CA certificate as the model sees it: which of four names and which of two keys, and what is wrong with it. */
interface Model {
  readonly subject: number;
  readonly key: number;
  readonly issuer: number;
  readonly issuerKey: number;
  readonly isRoot: boolean;
  readonly isCa: boolean;
  readonly isExpired: boolean;
  readonly pathLen: number | undefined;
  readonly excludesLeaf: boolean;
  readonly purpose: 'any' | 'server' | 'client';
  readonly pointsAtWrongKey: boolean;
}

const which = fc.nat({ max: 3 });
const key = fc.constantFrom(0, 0, 0, 1);
const seldom = fc.integer({ min: 0, max: 7 }).map((n) => n === 0);
const model: fc.Arbitrary<Model> = fc.record({
  subject: which,
  key,
  issuer: which,
  issuerKey: key,
  isRoot: fc.constantFrom(true, false, false),
  isCa: seldom.map((is) => !is),
  isExpired: seldom,
  pathLen: fc.constantFrom(undefined, undefined, undefined, 0, 1),
  excludesLeaf: seldom,
  purpose: fc.constantFrom('any', 'any', 'any', 'server', 'client'),
  pointsAtWrongKey: seldom,
});

/** Tries every order of every subset, and judges each from the root down as RFC 5280 §6.1 puts it. */
function hasPath(
  models: readonly Model[],
  issuer: number,
  issuerKey: number,
  above: readonly Model[] = [],
): boolean {
  return models.some((next) => {
    if (above.includes(next) || next.subject !== issuer || next.key !== issuerKey) return false;
    const path = [next, ...above];
    if (next.isRoot) return holds(path);
    return hasPath(models, next.issuer, next.issuerKey, path);
  });
}

function holds(rootFirst: readonly Model[]): boolean {
  let lengthLeft = Infinity;
  for (const [index, { isCa, isExpired, excludesLeaf, pathLen, subject, issuer }] of rootFirst.entries()) {
    if (!isCa || isExpired || excludesLeaf) return false;
    const counts = index > 0 && subject !== issuer;
    if (counts && lengthLeft === 0) return false;
    if (counts) lengthLeft--;
    lengthLeft = Math.min(lengthLeft, pathLen ?? Infinity);
  }
  return rootFirst.every(({ purpose }) => purpose !== 'client');
}

const nameOf = (subject: number): Uint8Array => commonName(`model ${subject}`);
const keyOf = (subject: number, variant: number): TestKey => testKey(`model ${subject} ${variant}`);

function build(it: Model): Party {
  const wish: Wish = {
    key: keyOf(it.subject, it.key),
    subject: nameOf(it.subject),
    bc: basicConstraints(it.isCa, it.isCa ? it.pathLen : undefined),
    ...(it.isCa ? {} : { ku: undefined }),
    notAfter: it.isExpired ? NOW - 1 : NOW + 60,
    ...(it.pointsAtWrongKey ? { aki: authorityKeyId(Uint8Array.of(1)) } : {}),
    more: [
      ...(it.excludesLeaf ? [nameConstraints({ excluded: [san.uri('example.org')] })] : []),
      ...(it.purpose === 'any'
        ? []
        : [extKeyUsage(it.purpose === 'server' ? oid.serverAuth : oid.clientAuth)]),
    ],
  };
  return intermediate(
    `model ${it.subject}`,
    { name: nameOf(it.issuer), key: keyOf(it.issuer, it.issuerKey) },
    wish,
  );
}

describe('verifyChain', () => {
  it('finds a path exactly when there is one, however the certificates are entangled', () => {
    const found = { valid: 0, none: 0 };
    const options = { more: [extKeyUsage(oid.serverAuth)] };
    fc.assert(
      fc.property(
        fc.array(model, { minLength: 5, maxLength: 9, size: 'max' }),
        which,
        key,
        (models, issuer, issuerKey) => {
          const end = leaf('end', { name: nameOf(issuer), key: keyOf(issuer, issuerKey) }, options);
          const certificates = (areRoots: boolean) =>
            models.filter(({ isRoot }) => isRoot === areRoots).map((it) => build(it).certificate);
          const outcome = codeOf(() =>
            verifyChain(end.certificate, {
              intermediates: certificates(false),
              roots: certificates(true),
              at: NOW,
            }),
          );
          const expected = hasPath(models, issuer, issuerKey);
          found[expected ? 'valid' : 'none']++;
          expect(outcome === undefined).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
    // Both verdicts must be common, or this proves little.
    expect(Math.min(found.valid, found.none)).toBeGreaterThan(80);
  });
});
