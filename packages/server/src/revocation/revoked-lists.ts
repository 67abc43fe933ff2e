import {
  type Crl,
  type RevocationReason,
  revocationReasonOf,
  type RevokedCertificate,
  type UnixSeconds,
} from '@signet/core';
import type { RevocationStore } from '../datastore/revocation-store.ts';
import { eachInSlices } from './slices.ts';

/** What is revoked of one authority, by serial number. */
export type RevokedList = Map<string, RevokedCertificate>;

/** What is revoked, by authority; read in portions. @throws {StoreError} `ERR_STORE_*`. */
export async function readRevokedLists(
  store: Pick<RevocationStore, 'revokedSerials'>,
  at: UnixSeconds,
): Promise<ReadonlyMap<string, RevokedList>> {
  const lists = new Map<string, RevokedList>();
  for await (const portion of store.revokedSerials(at)) {
    for (const { authorityId, serialHex, revokedAt, reason } of portion) {
      const list = lists.get(authorityId) ?? new Map<string, RevokedCertificate>();
      lists.set(authorityId, list.set(serialHex, { serialHex, revokedAt, reason }));
    }
  }
  return lists;
}

/** Adds what an earlier CRL lists, where the list does not know better. */
export async function addFormer(list: RevokedList, { revoked }: Pick<Crl, 'revoked'>): Promise<void> {
  await eachInSlices(revoked, ([serialHex, { revokedAt, reasonCode }]) => {
    if (!list.has(serialHex)) list.set(serialHex, { serialHex, revokedAt, reason: reasonOf(reasonCode) });
  });
}

/** Whether both list the same serial numbers. */
export async function isSameList(
  one: Pick<RevokedList, 'size' | 'has'>,
  other: Pick<RevokedList, 'size' | 'keys'>,
): Promise<boolean> {
  if (one.size !== other.size) return false;
  let isSame = true;
  await eachInSlices(other.keys(), (serialHex) => (isSame &&= one.has(serialHex)));
  return isSame;
}

function reasonOf(code: number): RevocationReason {
  return revocationReasonOf(code) ?? 'unspecified';
}
