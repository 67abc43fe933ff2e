import { isJsonObject, type JsonValue, parseJson, StoreError, type UnixSeconds } from '@signet/core';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import { decodeRevocation, encodeRevocation } from '../datastore/stores/revocation-codec.ts';
import { revocationColumns, type RevocationRow } from '../datastore/sql/revocation-rows.ts';

/** Revocations, or the knowledge of what was issued, are lost here; when that was seen. */
export interface LostRevocations {
  readonly at: UnixSeconds;
}

/** One agent says that it knew of revocations which are lost here. */
export interface SuspectedLoss extends LostRevocations {
  /** SPIFFE ID. */
  readonly agentId: string;
}

/** What stands in the journal of revocations. */
export type JournalRecord =
  | { readonly kind: 'revocation'; readonly revocation: RecordedRevocation }
  /** A sequence up to which all have been given, though the revocations themselves may have been pruned. */
  | { readonly kind: 'sequence'; readonly sequence: number }
  /** A sequence up to which nothing follows from what agents say they hold: it may have been pruned, or is made up for. */
  | { readonly kind: 'settled'; readonly sequence: number }
  | ({ readonly kind: 'lost' } & LostRevocations)
  | ({ readonly kind: 'suspected' } & SuspectedLoss)
  /** What was lost has been made up for. */
  | { readonly kind: 'recovered' };

const TEXT_COLUMNS: ReadonlySet<string> = new Set([
  'kind',
  'authority_id',
  'credential',
  'spiffe_id',
  'actor',
  'comment',
] satisfies (keyof RevocationRow)[]);
const KINDS: ReadonlySet<unknown> = new Set([
  'x509',
  'jwt',
  'task',
  'subject',
] satisfies RevocationRow['kind'][]);

export function formatJournalRecord(record: JournalRecord): string {
  if (record.kind !== 'revocation') return JSON.stringify(record);
  return JSON.stringify({ kind: 'revocation', revocation: encodeRevocation(record.revocation) });
}

/** @throws {StoreError} `ERR_STORE_CORRUPT` it is not a text of {@link formatJournalRecord}. */
export function parseJournalRecord(text: string): JournalRecord {
  const record = parseJson(text);
  if (!isJsonObject(record)) throw corrupt();
  const kind = record.get('kind');
  if (kind === 'revocation') return { kind, revocation: decodeRevocation(rowOf(record.get('revocation'))) };
  if (kind === 'sequence' || kind === 'settled') return { kind, sequence: numberOf(record.get('sequence')) };
  if (kind === 'lost') return { kind, at: numberOf(record.get('at')) };
  if (kind === 'suspected') {
    return { kind, at: numberOf(record.get('at')), agentId: textOf(record.get('agentId')) };
  }
  if (kind === 'recovered') return { kind };
  throw corrupt();
}

function rowOf(value: JsonValue | undefined): RevocationRow {
  if (!isJsonObject(value) || !KINDS.has(value.get('kind'))) throw corrupt();
  const cells = revocationColumns.map((column) => {
    const cell = value.get(column);
    return [column, TEXT_COLUMNS.has(column) ? textOf(cell) : numberOf(cell)];
  });
  return Object.fromEntries(cells) as RevocationRow;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw corrupt();
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw corrupt();
  return value;
}

function corrupt(): StoreError {
  return new StoreError('ERR_STORE_CORRUPT', 'the journal of revocations has a record that is none');
}
