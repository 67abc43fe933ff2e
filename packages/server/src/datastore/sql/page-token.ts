import { createHmac, timingSafeEqual } from 'node:crypto';
import { StoreError } from '@signet/core';

const ROW_BYTES = 8;
const MAC_BYTES = 16;

/**
 * The token for the page that begins after a row.
 *
 * It carries the row's number under a MAC with the database's own key, so that a token is either one that this
 * database gave out for this list or nothing.
 */
export function formatPageToken(key: string, list: string, row: number): string {
  const rowBytes = Buffer.alloc(ROW_BYTES);
  rowBytes.writeBigUInt64BE(BigInt(row));
  return Buffer.concat([rowBytes, mac(key, list, rowBytes)]).toString('base64url');
}

/**
 * The row after which the page begins, 0 for ''.
 *
 * @throws {StoreError} `ERR_STORE_PAGE_TOKEN`.
 */
export function parsePageToken(key: string, list: string, token: string): number {
  if (token === '') return 0;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ROW_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) throw badToken(token);
  const rowBytes = bytes.subarray(0, ROW_BYTES);
  if (!timingSafeEqual(bytes.subarray(ROW_BYTES), mac(key, list, rowBytes))) throw badToken(token);
  return Number(rowBytes.readBigUInt64BE());
}

function mac(key: string, list: string, rowBytes: Uint8Array): Buffer {
  return createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(list)
    .update('\0')
    .update(rowBytes)
    .digest()
    .subarray(0, MAC_BYTES);
}

function badToken(token: string): StoreError {
  // The token comes from outside: echo only what cannot disturb a log line.
  const shown = /^[\w-]{1,64}$/.test(token) ? `'${token}'` : '';
  return new StoreError('ERR_STORE_PAGE_TOKEN', `datastore-sql: could not parse token ${shown}`.trimEnd());
}
