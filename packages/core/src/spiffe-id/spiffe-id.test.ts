import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SpiffeIdError } from '../errors.ts';
import {
  MAX_VERIFIED_SPIFFE_ID_BYTES,
  parseSpiffeId,
  parseTrustDomain,
  spiffeIdFromPath,
} from './spiffe-id.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const TRUST_DOMAIN_CHARS = `${LOWER}0123456789.-_`;
const SEGMENT_CHARS = `${TRUST_DOMAIN_CHARS}${LOWER.toUpperCase()}`;
const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SpiffeIdError) return error.code;
    throw error;
  }
  return 'accepted';
}

function idOfLength(length: number): string {
  const start = 'spiffe://example.org/';
  return start + 'a'.repeat(length - start.length);
}

describe('parseSpiffeId', () => {
  it.each([
    ['SID-1 other scheme', 'http://td/x', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-1 one slash', 'spiffe:/td', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-1 no scheme', '//td/x', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-1 upper-case scheme (GAP-1)', 'SPIFFE://td/x', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-1 leading space', ' spiffe://td/x', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-1 nothing', '', 'ERR_SPIFFE_ID_SCHEME'],
    ['SID-2 nothing behind the scheme', 'spiffe://', 'ERR_TRUST_DOMAIN_EMPTY'],
    ['SID-2 path only', 'spiffe:///x', 'ERR_TRUST_DOMAIN_EMPTY'],
    ['SID-3 query', 'spiffe://td/x?a', 'ERR_SPIFFE_ID_QUERY'],
    ['SID-3 empty query', 'spiffe://td/x?', 'ERR_SPIFFE_ID_QUERY'],
    ['SID-3 query on the trust domain', 'spiffe://td?a', 'ERR_SPIFFE_ID_QUERY'],
    ['SID-3 fragment', 'spiffe://td/x#a', 'ERR_SPIFFE_ID_FRAGMENT'],
    ['SID-3 empty fragment', 'spiffe://td/x#', 'ERR_SPIFFE_ID_FRAGMENT'],
    ['SID-3 fragment on the trust domain', 'spiffe://td#a', 'ERR_SPIFFE_ID_FRAGMENT'],
    ['SID-4 userinfo', 'spiffe://u@td/x', 'ERR_SPIFFE_ID_USERINFO'],
    ['SID-4 port', 'spiffe://td:80/x', 'ERR_SPIFFE_ID_PORT'],
    ['SID-4 empty port', 'spiffe://td:/x', 'ERR_SPIFFE_ID_PORT'],
    ['SID-5 upper-case trust domain', 'spiffe://TD/x', 'ERR_TRUST_DOMAIN_UPPERCASE'],
    ['SID-6 KELVIN SIGN, which lowers to k', 'spiffe://\u212a/x', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['SID-6 Cyrillic look-alike', 'spiffe://ex\u0430mple.org/x', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['SID-6 full stop look-alike', 'spiffe://example\u3002org/x', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['SID-6 backslash', 'spiffe://td\\x', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['SID-7 percent-encoded trust domain', 'spiffe://t%64/x', 'ERR_SPIFFE_ID_PERCENT_ENCODED'],
    ['SID-8 IPv6 literal', 'spiffe://[::1]/x', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['SID-9 percent-encoded path', 'spiffe://td/%41', 'ERR_SPIFFE_ID_PERCENT_ENCODED'],
    ['SID-9 percent-encoded dots', 'spiffe://td/%2e%2e/x', 'ERR_SPIFFE_ID_PERCENT_ENCODED'],
    ['SID-9 percent-encoded slash', 'spiffe://td/a%2fb', 'ERR_SPIFFE_ID_PERCENT_ENCODED'],
    ['SID-10 empty segment first', 'spiffe://td//x', 'ERR_SPIFFE_ID_PATH_EMPTY_SEGMENT'],
    ['SID-10 empty segment inside', 'spiffe://td/x//y', 'ERR_SPIFFE_ID_PATH_EMPTY_SEGMENT'],
    ['SID-10 dot segment', 'spiffe://td/./x', 'ERR_SPIFFE_ID_PATH_DOT_SEGMENT'],
    ['SID-10 dot-dot at the end', 'spiffe://td/a/..', 'ERR_SPIFFE_ID_PATH_DOT_SEGMENT'],
    ['SID-10 dot-dot inside', 'spiffe://td/a/../b', 'ERR_SPIFFE_ID_PATH_DOT_SEGMENT'],
    ['SID-11 slash behind the trust domain (GAP-7)', 'spiffe://td/', 'ERR_SPIFFE_ID_PATH_TRAILING_SLASH'],
    ['SID-11 slash behind a path', 'spiffe://td/x/', 'ERR_SPIFFE_ID_PATH_TRAILING_SLASH'],
    ['SID-12 line feed at the end', 'spiffe://td/x\n', 'ERR_SPIFFE_ID_PATH_CHARACTER'],
    ['SID-12 tab', 'spiffe://td/x\ty', 'ERR_SPIFFE_ID_PATH_CHARACTER'],
    ['SID-12 NUL', 'spiffe://td/x\u0000', 'ERR_SPIFFE_ID_PATH_CHARACTER'],
    ['SID-12 user info in the path', 'spiffe://td/u@x', 'ERR_SPIFFE_ID_PATH_CHARACTER'],
    ['SID-16 trust domain of 256 bytes', `spiffe://${'a'.repeat(256)}/x`, 'ERR_TRUST_DOMAIN_TOO_LONG'],
    ['SID-15 2,049 bytes', idOfLength(2049), 'ERR_SPIFFE_ID_TOO_LONG'],
  ])('refuses: %s', (_, text, code) => {
    expect(codeOf(() => parseSpiffeId(text))).toBe(code);
  });

  it.each([
    ['a trust domain alone', 'spiffe://example.org', 'example.org', ''],
    ['SID-8 an IPv4 address as any other name', 'spiffe://1.2.3.4/x', '1.2.3.4', '/x'],
    ['SID-8 a name no DNS allows', 'spiffe://-_./x', '-_.', '/x'],
    ['SID-10 three dots', 'spiffe://td/...', 'td', '/...'],
    ['SID-10 dots beside letters', 'spiffe://td/.a/a..', 'td', '/.a/a..'],
    ['SID-13 a hierarchy', 'spiffe://td/ns/prod/sa/Web-1_a.b', 'td', '/ns/prod/sa/Web-1_a.b'],
    ['SID-14 2,048 bytes', idOfLength(2048), 'example.org', idOfLength(2048).slice(20)],
    ['SID-16 trust domain of 255 bytes', `spiffe://${'a'.repeat(255)}/x`, 'a'.repeat(255), '/x'],
  ])('accepts %s', (_, text, name, path) => {
    const id = parseSpiffeId(text);
    expect([id.trustDomain.name, id.path, id.uri, id.toString()]).toEqual([name, path, text, text]);
  });

  it('SID-6: lets only its alphabet into a trust domain, byte by byte', () => {
    const accepted = ALL_BYTES.filter(
      (byte) => codeOf(() => parseSpiffeId(`spiffe://t${String.fromCharCode(byte)}d`)) === 'accepted',
    );
    // A slash ends the trust domain, so it is the one byte that passes without being part of it.
    expect(accepted.map((byte) => String.fromCharCode(byte)).sort()).toEqual(
      Array.from(`/${TRUST_DOMAIN_CHARS}`).sort(),
    );
  });

  it.each(ALL_BYTES)('SID-6: byte %i as a bare trust domain', (byte) => {
    const char = String.fromCharCode(byte);
    expect(codeOf(() => parseTrustDomain(char)) === 'accepted').toBe(TRUST_DOMAIN_CHARS.includes(char));
  });

  it.each(ALL_BYTES)('SID-12: byte %i in a path segment', (byte) => {
    const char = String.fromCharCode(byte);
    const isAccepted = codeOf(() => parseSpiffeId(`spiffe://td/a${char}b`)) === 'accepted';
    expect(isAccepted).toBe(char === '/' || SEGMENT_CHARS.includes(char));
  });

  it('SID-14: reads up to 4,096 bytes of a foreign SVID when told so', () => {
    const options = { maxBytes: MAX_VERIFIED_SPIFFE_ID_BYTES };
    expect(parseSpiffeId(idOfLength(4096), options).uri).toHaveLength(4096);
    expect(codeOf(() => parseSpiffeId(idOfLength(4097), options))).toBe('ERR_SPIFFE_ID_TOO_LONG');
  });

  it('SID-17: tells paths apart by case', () => {
    const upper = parseSpiffeId('spiffe://td/A');
    expect(upper.equals(parseSpiffeId('spiffe://td/a'))).toBe(false);
    expect(upper.equals(parseSpiffeId('spiffe://td/A'))).toBe(true);
  });

  it('accepts exactly what a second, independent reading of the grammar accepts', () => {
    fc.assert(
      fc.property(nearlySpiffeId(), (text) => {
        expect(codeOf(() => parseSpiffeId(text)) === 'accepted').toBe(isSpiffeId(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws anything untyped and gives the text back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearlySpiffeId()), (text) => {
        if (codeOf(() => parseSpiffeId(text)) === 'accepted') expect(parseSpiffeId(text).uri).toBe(text);
      }),
    );
  });
});

describe('spiffeIdFromPath', () => {
  const td = parseTrustDomain('example.org');

  it.each([
    ['', 'spiffe://example.org'],
    ['/a/b', 'spiffe://example.org/a/b'],
  ])('joins %j', (path, uri) => {
    const id = spiffeIdFromPath(td, path);
    expect(id.uri).toBe(uri);
    expect(id.equals(parseSpiffeId(uri))).toBe(true);
  });

  it.each([
    ['a', 'ERR_SPIFFE_ID_PATH_LEADING_SLASH'],
    ['/', 'ERR_SPIFFE_ID_PATH_TRAILING_SLASH'],
    ['//a', 'ERR_SPIFFE_ID_PATH_EMPTY_SEGMENT'],
    ['@evil/a', 'ERR_SPIFFE_ID_PATH_LEADING_SLASH'],
    [`/${'a'.repeat(2048)}`, 'ERR_SPIFFE_ID_TOO_LONG'],
  ])('SID-15: refuses %j', (path, code) => {
    expect(codeOf(() => spiffeIdFromPath(td, path))).toBe(code);
  });
});

describe('parseTrustDomain', () => {
  it.each([
    ['example.org', 'example.org'],
    ['spiffe://example.org', 'example.org'],
    ['spiffe://other.org/p/q', 'other.org'],
  ])('reads %s', (text, name) => {
    const td = parseTrustDomain(text);
    expect([td.name, td.toString(), td.idString]).toEqual([name, name, `spiffe://${name}`]);
  });

  it.each([
    ['', 'ERR_TRUST_DOMAIN_EMPTY'],
    ['Example.org', 'ERR_TRUST_DOMAIN_UPPERCASE'],
    ['example.org/', 'ERR_TRUST_DOMAIN_CHARACTER'],
    ['example.org:443', 'ERR_SPIFFE_ID_PORT'],
    ['http://example.org', 'ERR_SPIFFE_ID_SCHEME'],
    ['spiffe://example.org/', 'ERR_SPIFFE_ID_PATH_TRAILING_SLASH'],
    ['a'.repeat(256), 'ERR_TRUST_DOMAIN_TOO_LONG'],
  ])('SID-5, SID-6, SID-16: refuses %j', (text, code) => {
    expect(codeOf(() => parseTrustDomain(text))).toBe(code);
  });

  it('compares by name, whatever it was read from', () => {
    expect(parseTrustDomain('a.b').equals(parseSpiffeId('spiffe://a.b/x').trustDomain)).toBe(true);
    expect(parseTrustDomain('a.b').equals(parseTrustDomain('a.c'))).toBe(false);
  });
});

/** The grammar once more, with other means than the scanner's. */
function isSpiffeId(text: string): boolean {
  const [scheme, empty, trustDomain = '', ...segments] = text.split('/');
  const isMadeOf = (part: string, chars: string): boolean =>
    Array.from(part).every((char) => chars.includes(char));
  return (
    text.length <= 2048 &&
    scheme === 'spiffe:' &&
    empty === '' &&
    trustDomain.length >= 1 &&
    trustDomain.length <= 255 &&
    isMadeOf(trustDomain, TRUST_DOMAIN_CHARS) &&
    segments.every((part) => part !== '' && part !== '.' && part !== '..' && isMadeOf(part, SEGMENT_CHARS))
  );
}

/** Texts that are SPIFFE IDs or miss it by little. */
function nearlySpiffeId(): fc.Arbitrary<string> {
  const odd = fc.constantFrom(
    '',
    '/',
    '//',
    '.',
    '..',
    '/./',
    '%41',
    'A',
    '?',
    '#',
    '@',
    ':',
    '\n',
    '\u212a',
    '\\',
  );
  const word = fc.string({
    unit: fc.constantFrom(...Array.from(SEGMENT_CHARS)),
    minLength: 1,
    maxLength: 12,
  });
  const name = fc.string({
    unit: fc.constantFrom(...Array.from(TRUST_DOMAIN_CHARS)),
    minLength: 0,
    maxLength: 12,
  });
  const scheme = fc.oneof(
    { weight: 9, arbitrary: fc.constant('spiffe://') },
    fc.constantFrom('spiffe:/', 'Spiffe://'),
  );
  const path = fc.array(fc.oneof({ weight: 6, arbitrary: word.map((w) => `/${w}`) }, odd), { maxLength: 5 });
  return fc
    .tuple(scheme, name, fc.oneof({ weight: 5, arbitrary: fc.constant('') }, odd), path)
    .map(([start, td, extra, parts]) => start + td + extra + parts.join(''));
}
