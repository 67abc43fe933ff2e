import { parseJwtBundleJwks, parseJwtSvidInsecure, parseTrustDomain, verifyJwtSvid } from '@signet/core';
import { corpusText } from './corpus.ts';
import { JSON_TOKENS } from './json-targets.ts';
import { mutateText } from './mutate-text.ts';
import type { Random } from './random.ts';
import { Finding, parsed, same, type Target } from './target.ts';

const TOKENS = corpusText('tokens.txt').trim().split('\n');
const bundle = parseJwtBundleJwks(parseTrustDomain('example.org'), corpusText('jwks.json'));
const bundles = { jwtBundle: () => bundle };
const at = parseJwtSvidInsecure(TOKENS[0] as string).expiresAt - 60;

const TEXT = ['.', '..', '=', '-', '_', '+', '/', 'e30', 'bnVsbA', 'A', 'AA', '\n', ' '];
const CLAIMS = [
  ...JSON_TOKENS,
  ...[
    '"alg":"none"',
    '"alg":"HS256"',
    '"ES256"',
    '"ES384"',
    '"RS256"',
    '"PS256"',
    '"kid":"es256"',
    '"crit":["b64"]',
  ],
  ...['"typ":"JOSE"', '"aud":[]', '"aud":"fuzz"', '"exp":1e400', '"nbf":0', '"sub":"spiffe://example.org/x"'],
];

/** JWT-SVIDs: taken apart, and verified. */
export const tokenTargets: readonly Target[] = [
  {
    name: 'jwt-svid',
    make,
    check: (token: string) => {
      const svid = parsed(() => parseJwtSvidInsecure(token))?.value;
      if (svid === undefined) return false;
      for (const part of token.split('.'))
        same(
          Buffer.from(part, 'base64url').toString('base64url'),
          part,
          'an accepted token is not canonical',
        );
      const isVerified = parsed(() => verifyJwtSvid(token, { bundles, audience: ['fuzz'], at }));
      if (isVerified !== undefined && !TOKENS.includes(token)) throw new Finding('a changed token verifies');
      return true;
    },
  },
];

function make(random: Random): string {
  const token = random.pick(TOKENS);
  if (random.onceIn(4)) return mutateText(token, TEXT, random);
  const parts = token.split('.');
  const which = random.below(2);
  const text = Buffer.from(parts[which] ?? '', 'base64url').toString();
  return parts.with(which, Buffer.from(mutateText(text, CLAIMS, random)).toString('base64url')).join('.');
}
