import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeBase64Url } from '../encoding/base64.ts';
import type { JsonObject } from '../json/json-value.ts';

/** Members that describe a public key, by key type. @spec RFC 7518 §6 */
const KEY_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['RSA', ['n', 'e']],
  ['EC', ['crv', 'x', 'y']],
]);

const COORDINATE_BYTES: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
]);

/** Room for an RSA modulus of 8,192 bits in base64url. */
const MAX_MEMBER_LENGTH = 1400;

/** Whether the JWK's `kty` is one that SVIDs are signed with, whatever else it says. */
export function hasKnownKeyType(jwk: JsonObject): boolean {
  const type = jwk.get('kty');
  return typeof type === 'string' && KEY_MEMBERS.has(type);
}

/**
 * The public key of a JWK; private and unknown members are not looked at.
 *
 * @returns `undefined` for a key type, curve or value that cannot be used.
 * @spec RFC 7518 §6.2.1, §6.3.1
 */
export function publicKeyOfJwk(jwk: JsonObject): KeyObject | undefined {
  const picked = pickKeyMembers(jwk);
  if (picked === undefined || !isWellFormed(picked)) return undefined;
  try {
    return createPublicKey({ key: picked, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The members of a public key as a JWK holds them, `kty` first. */
export function jwkMembersOf(key: KeyObject): ReadonlyMap<string, string> {
  const exported: ReadonlyMap<string, unknown> = new Map(Object.entries(key.export({ format: 'jwk' })));
  const names = ['kty', ...(KEY_MEMBERS.get(String(exported.get('kty'))) ?? ['crv', 'x'])];
  return new Map(names.map((name) => [name, String(exported.get(name))]));
}

function pickKeyMembers(jwk: JsonObject): Record<string, string> | undefined {
  const type = jwk.get('kty');
  const members = typeof type === 'string' ? KEY_MEMBERS.get(type) : undefined;
  if (members === undefined) return undefined;
  const pairs = ['kty', ...members].map((name) => [name, jwk.get(name)] as const);
  const usable = pairs.filter((pair): pair is [string, string] => isShortText(pair[1]));
  return usable.length === pairs.length ? Object.fromEntries(usable) : undefined;
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_MEMBER_LENGTH;
}

function isWellFormed(members: Record<string, string>): boolean {
  if (members['kty'] === 'RSA')
    return [members['n'], members['e']].every((text) => decode(text) !== undefined);
  const size = COORDINATE_BYTES.get(members['crv'] ?? '');
  return size !== undefined && [members['x'], members['y']].every((text) => decode(text)?.length === size);
}

function decode(text = ''): Buffer | undefined {
  return decodeBase64Url(text);
}
