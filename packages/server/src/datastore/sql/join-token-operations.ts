import { createEntry, type NewEntryRow } from './entry-writes.ts';
import { StoreError } from '@signet/core';
import { prepare } from './statement.ts';
import { changedRows, firstRow, type Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

/** A token by its SHA-256: the token itself does not get as far as the operations. */
export interface JoinTokenInput {
  readonly tokenSha256: Uint8Array;
  readonly expiresAt: number;
  readonly aliasEntry?: NewEntryRow;
}

const insertToken = prepare<{ tokenSha256: Uint8Array; expiresAt: number }>((db, value) =>
  db
    .insertInto('join_tokens')
    .values({ token_sha256: value('tokenSha256'), expires_at: value('expiresAt') })
    .onConflict((conflict) => conflict.doNothing()),
);

const takeToken = prepare<{ tokenSha256: Uint8Array }, { expires_at: number }>((db, value) =>
  db.deleteFrom('join_tokens').where('token_sha256', '=', value('tokenSha256')).returning('expires_at'),
);

const deleteExpired = prepare<{ at: number }>((db, value) =>
  db.deleteFrom('join_tokens').where('expires_at', '<', value('at')),
);

/** @see JoinTokenStore.create */
export function* createJoinToken(input: JoinTokenInput, context: WriteContext): Steps<void> {
  const inserted = yield* changedRows(insertToken(input));
  if (inserted === 0) throw new StoreError('ERR_ALREADY_EXISTS', 'join token is in use');
  if (input.aliasEntry === undefined) return;
  const outcome = yield* createEntry(input.aliasEntry, context);
  if (outcome.outcome === 'refused') throw new StoreError(outcome.refusal.code, outcome.refusal.message);
}

/** @see JoinTokenStore.consume */
export function* consumeJoinToken(input: {
  tokenSha256: Uint8Array;
}): Steps<{ expiresAt: number } | undefined> {
  const row = yield* firstRow(takeToken(input));
  return row === undefined ? undefined : { expiresAt: row.expires_at };
}

/** @see JoinTokenStore.pruneExpired */
export function* pruneJoinTokens(input: { at: number }): Steps<number> {
  return yield* changedRows(deleteExpired(input));
}
