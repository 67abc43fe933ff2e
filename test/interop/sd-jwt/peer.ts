// A verifier that knows nothing of Signet: `jose` checks signatures, `@sd-jwt/jwt-status-list` finds and reads the status.
// It prints "ok NAME" or "not ok NAME: REASON" for each check. Standard input: JSON with the JWKS of the trust domain, a
// live JWT-SVID and a revoked one, both for the audience "shop".
import { text } from 'node:stream/consumers';
import { getListFromStatusListJWT, getStatusListFromJWT } from '@sd-jwt/jwt-status-list';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';

interface Given {
  readonly jwks: JSONWebKeySet;
  readonly live: string;
  readonly revoked: string;
}

const VALID = 0;
const INVALID = 1;
const LIST_SIZE = 2 ** 17;

const given = JSON.parse(await text(process.stdin)) as Given;
// SPIFFE's `use` says for which kind of SVID a key is; JOSE knows "sig" and "enc" only.
const keys = given.jwks.keys.filter(({ use }) => use === 'jwt-svid').map((key) => ({ ...key, use: 'sig' }));
const keySet = createLocalJWKSet({ keys });
let failures = 0;

await check('jose verifies both JWT-SVIDs', async () => {
  for (const token of [given.live, given.revoked]) await jwtVerify(token, keySet, { audience: 'shop' });
});
await check('the list is served as application/statuslist+jwt', async () => {
  const response = await fetch(getStatusListFromJWT(given.live).uri);
  same(response.headers.get('content-type'), 'application/statuslist+jwt');
});
await check('jose verifies the status list token: signature, type, subject, time', async () => {
  const { uri } = getStatusListFromJWT(given.live);
  const { payload } = await jwtVerify(await fetched(uri), keySet, {
    typ: 'statuslist+jwt',
    subject: uri,
    requiredClaims: ['iat', 'exp', 'ttl', 'status_list'],
  });
  same((payload['status_list'] as { bits: number }).bits, 1);
});
await check('the live JWT-SVID is valid', async () => same(await statusOf(given.live), VALID));
await check('the revoked JWT-SVID is invalid', async () => same(await statusOf(given.revoked), INVALID));
await check('it is the only one in the list', async () => {
  const { uri, idx } = getStatusListFromJWT(given.revoked);
  const list = getListFromStatusListJWT(await fetched(uri));
  for (let at = 0; at < LIST_SIZE; at++) same(list.getStatus(at), at === idx ? INVALID : VALID);
});
process.exitCode = failures === 0 ? 0 : 1;

async function statusOf(token: string): Promise<number> {
  const { uri, idx } = getStatusListFromJWT(token);
  const list = await fetched(uri);
  await jwtVerify(list, keySet, { typ: 'statuslist+jwt', subject: uri });
  return getListFromStatusListJWT(list).getStatus(idx);
}

async function fetched(uri: string): Promise<string> {
  const response = await fetch(uri, { headers: { accept: 'application/statuslist+jwt' } });
  if (!response.ok) throw new Error(`${uri}: ${response.status}`);
  return response.text();
}

function same(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${String(actual)} instead of ${String(expected)}`);
}

async function check(name: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
