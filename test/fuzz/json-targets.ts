import { createHash } from 'node:crypto';
import {
  type Bundle,
  formatBundleMap,
  formatJson,
  formatJwtBundleJwks,
  formatSpiffeBundle,
  parseBundleMap,
  parseJson,
  parseJwtBundleJwks,
  parseSpiffeBundle,
  parseTrustDomain,
  x509BundleOf,
} from '@signet/core';
import { corpusText } from './corpus.ts';
import { mutateText } from './mutate-text.ts';
import { parsed, same, type Target } from './target.ts';

/** What breaks readers of JSON. */
export const JSON_TOKENS: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '""',
    '{}',
    '[]',
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1',
    '-1',
    '1.5',
    '01',
  ],
  ...[
    '1e400',
    '1e-400',
    '9007199254740993',
    '18446744073709551616',
    '1E+2',
    '.5',
    '+1',
    'NaN',
    'Infinity',
    '0x1',
  ],
  ...[
    '\\',
    '\\u0000',
    '\\ud800',
    '\\udc00',
    '\\ud83d\\ude00',
    '\\x41',
    '\u0000',
    '\t',
    '\n',
    '\ufeff',
    '\ud800',
    '/*',
  ],
  ...['"__proto__":1', '"constructor":', '"keys":[]', '"keys":{}', '"toString"'],
];

const BUNDLE_TOKENS = [
  ...JSON_TOKENS,
  ...[
    '"use":"x509-svid"',
    '"use":"jwt-svid"',
    '"use":"sig"',
    '"kty":"EC"',
    '"kty":"OKP"',
    '"kty":"oct"',
    '"crv":"P-521"',
  ],
  ...[
    '"kid":"es256"',
    '"x5c":[]',
    '"x5c":["AA=="]',
    '"e":"AQ"',
    '"d":"AQ"',
    '"spiffe_sequence":',
    '"spiffe_refresh_hint":',
    '"n"',
  ],
];

const domain = parseTrustDomain('example.org');
const DOCUMENTS = ['bundle.json', 'jwks.json', 'bundle-map.json', 'odd.json'].map(corpusText);
const BUNDLE = corpusText('bundle.json');
const JWKS = corpusText('jwks.json');
const MAP = corpusText('bundle-map.json');

/** JSON, and the documents in it. */
export const jsonTargets: readonly Target[] = [
  {
    name: 'json',
    make: (random) => mutateText(random.pick(DOCUMENTS), JSON_TOKENS, random),
    check: (text: string) => {
      const value = parsed(() => parseJson(text))?.value;
      if (value === undefined) return false;
      const once = formatJson(value);
      same(formatJson(parseJson(once)), once, 'written JSON reads differently');
      // Whatever is accepted here means the same to everybody else.
      const plain: unknown = JSON.parse(text);
      same(JSON.stringify(JSON.parse(once)), JSON.stringify(plain), 'JSON.parse reads it differently');
      return true;
    },
  },
  {
    name: 'bundle',
    make: (random) => mutateText(BUNDLE, BUNDLE_TOKENS, random),
    check: (text: string) => {
      const bundle = parsed(() => parseSpiffeBundle(domain, text))?.value;
      if (bundle === undefined) return false;
      if (isNews([bundle], knownBundles)) {
        const once = formatSpiffeBundle(bundle);
        same(formatSpiffeBundle(parseSpiffeBundle(domain, once)), once, 'a written bundle reads differently');
        x509BundleOf(bundle);
      }
      return true;
    },
  },
  {
    name: 'jwks',
    make: (random) => mutateText(JWKS, BUNDLE_TOKENS, random),
    check: (text: string) => {
      const bundle = parsed(() => parseJwtBundleJwks(domain, text))?.value;
      if (bundle === undefined) return false;
      const once = formatJwtBundleJwks(storedForm(bundle));
      const twice = formatJwtBundleJwks(storedForm(parseJwtBundleJwks(domain, once)));
      same(twice, once, 'a written JWK Set reads differently');
      return true;
    },
  },
  {
    name: 'bundle-map',
    make: (random) => mutateText(MAP, BUNDLE_TOKENS, random),
    check: (text: string) => {
      const map = parsed(() => parseBundleMap(text))?.value;
      if (map === undefined) return false;
      if (isNews([...map.values()], knownMaps)) {
        const once = formatBundleMap([...map.values()]);
        const twice = formatBundleMap([...parseBundleMap(once).values()]);
        same(twice, once, 'a written bundle map reads differently');
      }
      return true;
    },
  },
];

const knownBundles = new Set<string>();
const knownMaps = new Set<string>();

/** Whether bundles of this content were not seen before: writing and reading them takes longer than all else. */
function isNews(bundles: readonly Bundle[], known: Set<string>): boolean {
  const content = bundles.map(
    ({ trustDomain, x509Authorities, jwtAuthorities, refreshHint, sequenceNumber }) => [
      ...[trustDomain.name, String(sequenceNumber), refreshHint],
      ...x509Authorities.map(({ der }) => hash(der)),
      ...jwtAuthorities.map(({ keyId, spkiDer }) => keyId + hash(spkiDer)),
    ],
  );
  const key = hash(Buffer.from(JSON.stringify(content)));
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function storedForm({ authorities }: ReturnType<typeof parseJwtBundleJwks>): Bundle {
  return {
    trustDomain: domain,
    x509Authorities: [],
    jwtAuthorities: Array.from(authorities.values(), ({ keyId, publicKey }) => ({
      keyId,
      spkiDer: publicKey.export({ format: 'der', type: 'spki' }),
      expiresAt: 0,
      tainted: false,
    })),
    refreshHint: 0,
    sequenceNumber: 0n,
  };
}
