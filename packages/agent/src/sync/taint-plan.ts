import { type Bundle, parseCertificate } from '@signet/core';

/** Authorities by their key IDs. */
export interface AuthorityKeys {
  /** subject key IDs, hex. An authority without one cannot be told apart, and is not here. */
  readonly x509: ReadonlySet<string>;
  /** key IDs of JWT authorities. */
  readonly jwt: ReadonlySet<string>;
}

/** None. */
export const NO_KEYS: AuthorityKeys = { x509: new Set(), jwt: new Set() };

/** Of authorities that are gone, the newest so many of each kind are remembered. */
const MAX_GONE = 256;

/** All authorities of a bundle. */
export function authoritiesOf(bundle: Bundle): AuthorityKeys {
  return keysOf(bundle.x509Authorities, bundle.jwtAuthorities);
}

/**
 * The authorities that are not to be relied on: those that the bundle declares tainted, and those that once were in it
 * and are no longer. One that comes back is relied on again.
 *
 * @param known - all authorities of the bundle before.
 * @param distrusted - what this gave for the bundle before.
 */
export function distrustedAfter(
  bundle: Bundle,
  known: AuthorityKeys,
  distrusted: AuthorityKeys,
): AuthorityKeys {
  const now = authoritiesOf(bundle);
  const tainted = keysOf(bundle.x509Authorities.filter(isTainted), bundle.jwtAuthorities.filter(isTainted));
  const after = (kind: keyof AuthorityKeys): ReadonlySet<string> =>
    new Set([
      ...tainted[kind],
      ...[...without(new Set([...distrusted[kind], ...known[kind]]), now[kind])].slice(-MAX_GONE),
    ]);
  return { x509: after('x509'), jwt: after('jwt') };
}

/** What is in the second and not in the first. */
export function newKeys(before: AuthorityKeys, now: AuthorityKeys): AuthorityKeys {
  return { x509: without(now.x509, before.x509), jwt: without(now.jwt, before.jwt) };
}

function keysOf(
  x509Authorities: Bundle['x509Authorities'],
  jwtAuthorities: Bundle['jwtAuthorities'],
): AuthorityKeys {
  const x509 = x509Authorities.map(({ der }) => subjectKeyId(der)).filter((keyId) => keyId !== undefined);
  return { x509: new Set(x509), jwt: new Set(jwtAuthorities.map(({ keyId }) => keyId)) };
}

function isTainted(authority: { readonly tainted: boolean }): boolean {
  return authority.tainted;
}

function without(set: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...set].filter((member) => !other.has(member)));
}

function subjectKeyId(der: Uint8Array): string | undefined {
  const keyId = parseCertificate(der).subjectKeyId;
  return keyId === undefined ? undefined : Buffer.from(keyId).toString('hex');
}
