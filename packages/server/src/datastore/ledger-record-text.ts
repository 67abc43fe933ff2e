import { StoreError } from '@signet/core';
import type { LedgerRecord } from './ledger-store.ts';

/** First field of each text; another one means another order of fields. */
const VERSION = 1;

const fields = [
  isEqualTo(VERSION),
  isKind,
  isText,
  isText,
  isText,
  isText,
  isText,
  isText,
  isTextList,
  isTextList,
  isTime,
  isTime,
] as const;

type Fields = readonly [
  version: number,
  kind: LedgerRecord['kind'],
  authorityId: string,
  credential: string,
  spiffeId: string,
  entryId: string,
  agentId: string,
  taskId: string,
  evidence: readonly string[],
  audience: readonly string[],
  issuedAt: number,
  expiresAt: number,
];

/** A record as one line of JSON: how it stands in the journal, and how it goes to the datastore. */
export function formatLedgerRecord(record: LedgerRecord): string {
  const values: Fields = [
    VERSION,
    record.kind,
    record.authorityId,
    record.credential,
    record.spiffeId,
    record.entryId,
    record.agentId,
    record.taskId,
    record.evidence,
    record.audience,
    record.issuedAt,
    record.expiresAt,
  ];
  return JSON.stringify(values);
}

/**
 * The text back as a record.
 *
 * @throws {StoreError} `ERR_LEDGER_RECORD` the text is not one of {@link formatLedgerRecord}.
 */
export function parseLedgerRecord(text: string): LedgerRecord {
  const values = parseJson(text);
  if (!isFields(values)) throw malformed();
  const [, kind, authorityId, credential, spiffeId, entryId, agentId, taskId, evidence, audience] = values;
  const [issuedAt, expiresAt] = [values[10], values[11]];
  return {
    kind,
    authorityId,
    credential,
    spiffeId,
    entryId,
    agentId,
    taskId,
    evidence,
    audience,
    issuedAt,
    expiresAt,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function malformed(): StoreError {
  return new StoreError('ERR_LEDGER_RECORD', 'malformed record of the ledger');
}

function isFields(values: unknown): values is Fields {
  return (
    Array.isArray(values) &&
    values.length === fields.length &&
    fields.every((isField, at) => isField(values[at] as unknown))
  );
}

function isEqualTo(expected: unknown): (value: unknown) => boolean {
  return (value) => value === expected;
}

function isKind(value: unknown): boolean {
  return value === 'x509' || value === 'jwt';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isTime(value: unknown): boolean {
  return Number.isSafeInteger(value);
}
