import { createHash } from 'node:crypto';
import { AuthorityError, type UnixSeconds } from '@signet/core';
import type { Authority, SlotName, SlotStatus } from './authority.ts';

/** What survives a restart about one slot; the key itself is in the key manager. */
export interface JournalRecord {
  readonly kind: 'x509' | 'jwt';
  readonly slot: SlotName;
  readonly status: SlotStatus;
  readonly authorityId: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  /** X.509: the certificate. JWT: the public key (SPKI). */
  readonly der: Uint8Array;
}

const MAGIC = 'signet-ca-journal 1';
const MAX_BYTES = 1024 * 1024;

/** The journal of all slots: a line naming the format, the SHA-256 of the rest, then JSON. */
export function encodeJournal(authorities: readonly Authority[]): Uint8Array {
  const body = JSON.stringify(authorities.map(plainRecord));
  return new TextEncoder().encode(`${MAGIC}\n${sha256(body)}\n${body}`);
}

/**
 * Reads a journal; the digest makes any damage an error instead of a silently lost authority.
 *
 * @throws {AuthorityError} `ERR_AUTHORITY_JOURNAL` damaged, truncated or of a version that is not known.
 */
export function decodeJournal(data: Uint8Array): readonly JournalRecord[] {
  if (data.length > MAX_BYTES) throw damaged('it is too large');
  const [magic, digest, body, ...rest] = Buffer.from(data).toString('utf8').split('\n');
  if (magic !== MAGIC) throw damaged('it is not a journal of a version known here');
  if (body === undefined || rest.length > 0 || digest !== sha256(body))
    throw damaged('its digest does not match');
  const parsed: unknown = JSON.parse(body);
  if (!Array.isArray(parsed)) throw damaged('it holds no list');
  const records = parsed.map(readRecord);
  requireOnePerSlot(records);
  return records;
}

function plainRecord(authority: Authority): Record<keyof JournalRecord, string | number> {
  const { kind, slot, status, authorityId, issuedAt, expiresAt } = authority;
  const der = kind === 'x509' ? authority.certificate.der : authority.published.spkiDer;
  return { kind, slot, status, authorityId, issuedAt, expiresAt, der: Buffer.from(der).toString('base64') };
}

function readRecord(value: unknown): JournalRecord {
  if (typeof value !== 'object' || value === null) throw damaged('a record is not an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  return {
    kind: oneOf(fields.get('kind'), ['x509', 'jwt']),
    slot: oneOf(fields.get('slot'), ['A', 'B']),
    status: oneOf(fields.get('status'), ['prepared', 'active', 'old']),
    authorityId: text(fields.get('authorityId')),
    issuedAt: seconds(fields.get('issuedAt')),
    expiresAt: seconds(fields.get('expiresAt')),
    der: derBytes(fields.get('der')),
  };
}

function requireOnePerSlot(records: readonly JournalRecord[]): void {
  const slots = new Set(records.map((record) => `${record.kind} ${record.slot}`));
  const active = records.filter((record) => record.status === 'active').map((record) => record.kind);
  if (slots.size !== records.length) throw damaged('a slot appears twice');
  if (new Set(active).size !== active.length) throw damaged('two authorities of one kind are active');
}

function oneOf<const T extends string>(value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw damaged('a field has an unknown value');
  return found;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 128)
    throw damaged('an authority ID is malformed');
  return value;
}

function seconds(value: unknown): UnixSeconds {
  if (!Number.isSafeInteger(value)) throw damaged('a time is malformed');
  return value as number;
}

function derBytes(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw damaged('a certificate is malformed');
  return Uint8Array.from(Buffer.from(value, 'base64'));
}

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function damaged(why: string): AuthorityError {
  return new AuthorityError('ERR_AUTHORITY_JOURNAL', `the CA journal is damaged: ${why}`);
}
