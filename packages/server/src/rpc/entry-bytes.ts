import { type RegistrationEntry, type SpiffeId } from '@signet/core';

/** Tag and length of a field, at most. */
const FIELD = 10;
/** All numbers and flags of an entry, at most. */
const NUMBERS = 160;

/** Bytes that an entry takes in a message: never fewer than it does, and few more. */
export function entryBytes(entry: RegistrationEntry): number {
  let bytes = NUMBERS + FIELD + text(entry.id) + text(entry.hint);
  bytes += idBytes(entry.spiffeId) + idBytes(entry.parentId);
  for (const { type, value } of entry.selectors) bytes += FIELD + text(type) + text(value);
  for (const name of entry.dnsNames) bytes += text(name);
  for (const { name } of entry.federatesWith) bytes += text(name);
  return bytes;
}

function text(value: string): number {
  return FIELD + Buffer.byteLength(value);
}

function idBytes({ uri }: SpiffeId): number {
  return 3 * FIELD + uri.length;
}
