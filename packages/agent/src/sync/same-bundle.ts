import type { Bundle } from '@signet/core';

/** Whether two bundles have the same authorities, with the same marks, in the same order. Their sequence is not compared. */
export function sameBundle(a: Bundle | undefined, b: Bundle): boolean {
  if (a === undefined) return false;
  return (
    sameList(
      a.x509Authorities,
      b.x509Authorities,
      (x, y) => x.tainted === y.tainted && sameBytes(x.der, y.der),
    ) && sameList(a.jwtAuthorities, b.jwtAuthorities, sameJwtAuthority)
  );
}

type JwtAuthority = Bundle['jwtAuthorities'][number];

function sameJwtAuthority(a: JwtAuthority, b: JwtAuthority): boolean {
  return (
    a.keyId === b.keyId &&
    a.tainted === b.tainted &&
    a.expiresAt === b.expiresAt &&
    sameBytes(a.spkiDer, b.spkiDer)
  );
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i] as T));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
