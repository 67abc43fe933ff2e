import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { X509Error } from '../errors.ts';
import { constrainedNames } from './constrained-names.ts';
import { distinguishedName } from './distinguished-name.ts';
import { encodeElement, encodeObjectIdentifier, encodeSequence, encodeSetOf } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { nameConstraintsDefect } from './issuer-check.ts';
import { nameConstraintsViolation } from './name-constraints-violation.ts';
import { oid } from './object-identifiers.ts';
import {
  intermediate,
  leaf,
  nameConstraints,
  NOW,
  root,
  san,
  subjectAltName,
  testKey,
  type Wish,
} from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { verifyChain } from './verify-chain.ts';

type Lists = Parameters<typeof nameConstraints>[0];

const anchor = root('root');
const constrained = (lists: Lists): Wish => ({ more: [nameConstraints(lists)] });

/** Whether a leaf with these names holds below a CA with these constraints. */
function holds(names: readonly Uint8Array[], lists: Lists, wish: Wish = {}): boolean {
  const ca = intermediate('ca', anchor, constrained(lists)).certificate;
  const end = leaf(
    'end',
    { name: ca.subjectDer, key: testKey('ca') },
    { san: subjectAltName(names), ...wish },
  );
  return nameConstraintsViolation(constrainedNames(end.certificate), ca.nameConstraints!) === undefined;
}

const permitted = (base: Uint8Array): Lists => ({ permitted: [base] });
const excluded = (base: Uint8Array): Lists => ({ excluded: [base] });

describe('X509-13 URI constraints match the host alone', () => {
  it.each([
    ['spiffe://example.org/a', 'example.org', true],
    ['spiffe://example.org', 'example.org', true],
    ['spiffe://example.org/a', 'EXAMPLE.org', true],
    ['spiffe://sub.example.org/a', 'example.org', false],
    ['spiffe://sub.example.org/a', '.example.org', true],
    ['spiffe://a.sub.example.org/a', '.example.org', true],
    ['spiffe://example.org/a', '.example.org', false],
    ['spiffe://badexample.org/a', '.example.org', false],
    ['spiffe://example.com/example.org', 'example.org', false],
    ['spiffe://example.com?@example.org', 'example.org', false],
    ['spiffe://example.com#@example.org', 'example.org', false],
    ['https://user@example.org:443/a', 'example.org', true],
    ['spiffe://my_domain/a', 'my_domain', true],
    ['spiffe://anything/a', '', true],
  ])('%s in "%s": %s', (uri, base, inside) => {
    expect(holds([san.uri(uri)], permitted(san.uri(base)))).toBe(inside);
    expect(holds([san.uri(uri)], excluded(san.uri(base)))).toBe(!inside);
  });

  it.each([
    'urn:example:a',
    'spiffe://10.0.0.1/a',
    'https://[::1]/a',
    'spiffe:///a',
    'https://ex%61mple.org/',
  ])('a URI without a host name breaks any: %s', (uri) => {
    expect(holds([san.uri(uri)], permitted(san.uri('example.org')))).toBe(false);
    expect(holds([san.uri(uri)], excluded(san.uri('example.org')))).toBe(false);
    expect(holds([san.uri(uri)], permitted(san.dns('example.org')))).toBe(true);
  });
});

describe('DNS constraints match a name and all below it', () => {
  it.each([
    ['example.org', 'example.org', true, true],
    ['EXAMPLE.ORG', 'example.org', true, true],
    ['a.example.org', 'example.org', true, true],
    ['a.b.example.org', 'example.org', true, true],
    ['badexample.org', 'example.org', false, false],
    ['org', 'example.org', false, false],
    ['*.example.org', 'example.org', true, true],
    ['*.example.org', 'a.example.org', false, true],
    ['*.example.org', 'b.a.example.org', false, false],
    ['anything', '', true, true],
  ])('%s in "%s": wholly %s, partly %s', (name, base, inside, meets) => {
    expect(holds([san.dns(name)], permitted(san.dns(base)))).toBe(inside);
    expect(holds([san.dns(name)], excluded(san.dns(base)))).toBe(!meets);
  });

  it.each(['a..example.org', '.example.org', 'example.org.', 'a.*.example.org', 'a/example.org'])(
    'what is no DNS name breaks any: %s',
    (name) => {
      expect(holds([san.dns(name)], permitted(san.dns('example.org')))).toBe(false);
      expect(holds([san.dns(name)], excluded(san.dns('example.com')))).toBe(false);
    },
  );
});

describe('address constraints', () => {
  const v6 = (last: number): number[] => [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), last];
  const mask32 = [...Array<number>(4).fill(255), ...Array<number>(12).fill(0)];
  it.each<[string, number[], number[], boolean]>([
    ['inside', [10, 1, 2, 3], [10, 0, 0, 0, 255, 0, 0, 0], true],
    ['outside', [11, 1, 2, 3], [10, 0, 0, 0, 255, 0, 0, 0], false],
    ['exact', [10, 0, 0, 1], [10, 0, 0, 1, 255, 255, 255, 255], true],
    ['bits of the base beyond the mask', [10, 9, 9, 9], [10, 1, 1, 1, 255, 0, 0, 0], true],
    ['all of IPv4', [1, 2, 3, 4], [0, 0, 0, 0, 0, 0, 0, 0], true],
    ['IPv6 inside', v6(1), [...v6(0), ...mask32], true],
    ['IPv6 outside', [0x20, 2, ...v6(1).slice(2)], [...v6(0), ...mask32], false],
    ['IPv6 against IPv4', [10, ...Array<number>(15).fill(0)], [10, 0, 0, 0, 255, 0, 0, 0], false],
    ['IPv6 against IPv4', [10, ...Array<number>(15).fill(0)], [10, 0, 0, 0, 255, 0, 0, 0], false],
    ['IPv4 against IPv6', [10, 1, 2, 3], [...v6(0), ...mask32], false],
  ])('%s', (_, address, range, inside) => {
    expect(holds([san.ip(...address)], permitted(san.ip(...range)))).toBe(inside);
    expect(holds([san.ip(...address)], excluded(san.ip(...range)))).toBe(!inside);
  });
});

describe('mail constraints', () => {
  it.each([
    ['user@example.org', 'example.org', true],
    ['user@EXAMPLE.org', 'example.org', true],
    ['user@a.example.org', 'example.org', false],
    ['user@a.example.org', '.example.org', true],
    ['user@example.org', 'user@example.org', true],
    ['User@example.org', 'user@example.org', false],
    ['other@example.org', 'user@example.org', false],
    ['"user"@example.org', 'user@example.org', true],
    ['user@example.org', '"us\\er"@example.org', true],
    ['user@anything', '', true],
  ])('%s in "%s": %s', (mail, base, inside) => {
    expect(holds([san.email(mail)], permitted(san.email(base)))).toBe(inside);
    expect(holds([san.email(mail)], excluded(san.email(base)))).toBe(!inside);
  });

  it.each([
    'nobody',
    '@example.org',
    'user@',
    'user@exa!mple.org',
    'a@b@example.org',
    'a..b@example.org',
    'user@[192.0.2.1]',
  ])('no mail address: %s', (mail) => {
    expect(holds([san.email(mail)], permitted(san.email('example.org')))).toBe(false);
    expect(holds([san.email(mail)], excluded(san.email('example.com')))).toBe(false);
  });

  it('the subject’s address counts when no subjectAltName has one', () => {
    const attribute = (mail: string): Uint8Array =>
      encodeSequence(
        encodeSetOf(
          encodeSequence(
            encodeObjectIdentifier(oid.emailAddress),
            encodeElement(tag.ia5String, Buffer.from(mail)),
          ),
        ),
      );
    const wish = { subject: attribute('user@example.com') };
    expect(holds([san.dns('a')], permitted(san.email('example.org')), wish)).toBe(false);
    expect(holds([san.email('user@example.org')], permitted(san.email('example.org')), wish)).toBe(true);
  });
});

describe('directory name constraints', () => {
  const org = (organization: string): Uint8Array => distinguishedName({ country: 'US', organization });
  const base = org('Acme');
  it.each<[string, Uint8Array, boolean]>([
    ['the same name', base, true],
    ['a name below', distinguishedName({ country: 'US', organization: 'Acme', commonName: 'x' }), true],
    ['another case', org('ACME'), true],
    ['a name beside', org('Other'), false],
    ['a name above', distinguishedName({ country: 'US' }), false],
  ])('%s', (_, subject, inside) => {
    expect(holds([san.dns('a')], permitted(san.directory(base)), { subject })).toBe(inside);
    expect(holds([san.dns('a')], excluded(san.directory(base)), { subject })).toBe(!inside);
    expect(holds([san.directory(subject)], permitted(san.directory(base)), { subject: base })).toBe(inside);
  });

  it('an empty base holds every name, an empty subject is no name', () => {
    expect(holds([san.dns('a')], excluded(san.directory(encodeSequence())))).toBe(false);
    expect(
      holds([san.dns('a')], excluded(san.directory(encodeSequence())), { subject: encodeSequence() }),
    ).toBe(true);
  });
});

describe('whatever the names', () => {
  const label = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '-'), minLength: 1, maxLength: 3 });
  const labels = fc.array(label, { minLength: 1, maxLength: 4 });
  const ends = (name: readonly string[], base: readonly string[]): boolean =>
    base.length <= name.length &&
    name
      .slice(name.length - base.length)
      .join('.')
      .toLowerCase() === base.join('.').toLowerCase();
  const violates = (name: Uint8Array, lists: Lists): boolean => !holds([name], lists);

  it('DNS names lie in the bases whose labels they end in', () => {
    fc.assert(
      fc.property(labels, labels, (name, base) => {
        const [dns, subtree] = [san.dns(name.join('.')), san.dns(base.join('.'))];
        expect(violates(dns, permitted(subtree))).toBe(!ends(name, base));
        expect(violates(dns, excluded(subtree))).toBe(ends(name, base));
      }),
    );
  });

  it('a wildcard breaks what one of the names it stands for breaks', () => {
    fc.assert(
      fc.property(labels, labels, (name, base) => {
        const wildcard = san.dns(`*.${name.join('.')}`);
        const meant = ['zzz', base[0] as string].map((first) => [first, ...name]);
        expect(violates(wildcard, excluded(san.dns(base.join('.'))))).toBe(
          meant.some((each) => ends(each, base)),
        );
        expect(violates(wildcard, permitted(san.dns(base.join('.'))))).toBe(
          !meant.every((each) => ends(each, base)),
        );
      }),
    );
  });

  it('URI hosts are the base, or end in it when it begins with a period', () => {
    fc.assert(
      fc.property(labels, labels, fc.boolean(), (host, base, below) => {
        const subtree = san.uri(`${below ? '.' : ''}${base.join('.')}`);
        const inside = ends(host, base) && (below ? host.length > base.length : host.length === base.length);
        const uri = san.uri(`spiffe://${host.join('.')}/x`);
        expect(violates(uri, permitted(subtree))).toBe(!inside);
        expect(violates(uri, excluded(subtree))).toBe(inside);
      }),
    );
  });

  it('addresses lie in the ranges whose leading bits they share', () => {
    const bits = (octets: readonly number[]): string =>
      octets.map((octet) => octet.toString(2).padStart(8, '0')).join('');
    const octets = fc.array(fc.constantFrom(0, 1, 127, 128, 192, 255), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (address, base, prefix) => {
        const mask = [0, 1, 2, 3].map((i) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - 8 * i))));
        const inside = bits(address).slice(0, prefix) === bits(base).slice(0, prefix);
        expect(violates(san.ip(...address), permitted(san.ip(...base, ...mask)))).toBe(!inside);
        expect(violates(san.ip(...address), excluded(san.ip(...base, ...mask)))).toBe(inside);
      }),
    );
  });
});

describe('several constraints together', () => {
  const org = san.dns('example.org');
  it.each<[string, Uint8Array[], Lists, boolean]>([
    ['one of two permitted', [san.dns('a.example.com')], { permitted: [org, san.dns('example.com')] }, true],
    [
      'every name must be permitted',
      [san.dns('a.example.org'), san.dns('b.example.com')],
      { permitted: [org] },
      false,
    ],
    [
      'excluded inside permitted',
      [san.dns('bad.example.org')],
      { permitted: [org], excluded: [san.dns('bad.example.org')] },
      false,
    ],
    [
      'beside excluded, inside permitted',
      [san.dns('ok.example.org')],
      { permitted: [org], excluded: [san.dns('bad.example.org')] },
      true,
    ],
    ['a form without constraints is free', [san.uri('spiffe://other/x')], { permitted: [org] }, true],
    ['no name of the constrained form', [san.uri('spiffe://example.org/x')], { permitted: [org] }, true],
    ['a form nobody reads', [san.other('1.2.3', 'x')], { permitted: [san.other('1.2.3', 'x')] }, false],
    [
      'a form nobody reads, excluded',
      [san.registeredId('1.2.3')],
      { excluded: [san.registeredId('1.2.4')] },
      false,
    ],
    [
      'another form nobody reads',
      [san.registeredId('1.2.3')],
      { permitted: [san.other('1.2.3', 'x')] },
      true,
    ],
  ])('%s', (_, names, lists, expected) => {
    expect(holds(names, lists)).toBe(expected);
  });

  it('counts its comparisons before it makes them', () => {
    const issuer = root('top', constrained(excluded(san.uri('x')))).certificate;
    const { certificate } = leaf('end', anchor, { san: subjectAltName([san.dns('a'), san.dns('b')]) });
    const spent: number[] = [];
    nameConstraintsDefect([certificate], issuer, constrainedNames, (count) => spent.push(count));
    expect(spent).toEqual([3]);
    const refuse = (): never => {
      throw new X509Error('ERR_X509_WORK_LIMIT', 'enough');
    };
    expect(() => nameConstraintsDefect([certificate], issuer, constrainedNames, refuse)).toThrow(X509Error);
  });
});

describe('X509-22 constraints bind everything below', () => {
  const only = constrained(permitted(san.uri('example.org')));
  const verdict = (
    end: { certificate: Parameters<typeof verifyChain>[0] },
    between: (typeof anchor)[],
    top: typeof anchor,
  ) =>
    codeOf(() =>
      verifyChain(end.certificate, {
        intermediates: between.map(({ certificate }) => certificate),
        roots: [top.certificate],
        at: NOW,
      }),
    );

  it('of a root, two levels down', () => {
    const top = root('top', only);
    const ca = intermediate('ca', top);
    expect(verdict(leaf('end', ca), [ca], top)).toBeUndefined();
    const foreign = { san: subjectAltName([san.uri('spiffe://other.org/x')]) };
    expect(verdict(leaf('end', ca, foreign), [ca], top)).toBe('ERR_X509_NAME_CONSTRAINTS');
  });

  it('also the names of CAs', () => {
    const top = root('top', only);
    const ca = intermediate('ca', top, { san: subjectAltName([san.uri('spiffe://other.org')]) });
    expect(verdict(leaf('end', ca), [ca], top)).toBe('ERR_X509_NAME_CONSTRAINTS');
  });

  it('but not those of a CA that issued itself, unless it is the leaf', () => {
    const top = root('top', only);
    const wish = { key: testKey('rolled'), san: subjectAltName([san.uri('spiffe://other.org')]) };
    const rolled = intermediate('top', top, wish);
    expect(verdict(leaf('end', rolled), [rolled], top)).toBeUndefined();
    expect(verdict(rolled, [], top)).toBe('ERR_X509_NAME_CONSTRAINTS');
  });

  it('of two CAs, both', () => {
    const top = root('top', constrained({ permitted: [san.uri('example.org'), san.uri('example.com')] }));
    const ca = intermediate(
      'ca',
      top,
      constrained({ permitted: [san.uri('example.org'), san.uri('example.net')] }),
    );
    const check = (host: string) =>
      verdict(leaf('end', ca, { san: subjectAltName([san.uri(`spiffe://${host}/x`)]) }), [ca], top);
    expect(check('example.org')).toBeUndefined();
    expect(check('example.com')).toBe('ERR_X509_NAME_CONSTRAINTS');
    expect(check('example.net')).toBe('ERR_X509_NAME_CONSTRAINTS');
  });
});
