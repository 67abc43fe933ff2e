import type { Migration } from './migration.ts';

/** What was revoked. AUTOINCREMENT: a sequence is never given twice, also not after the newest rows were pruned. */
export const revocationSchema: Migration = {
  version: 3,
  name: 'revocations',
  sql: `
    CREATE TABLE revocations (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      reason INTEGER NOT NULL,
      revoked_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('x509', 'jwt', 'task', 'subject')),
      authority_id TEXT NOT NULL,
      credential TEXT NOT NULL,
      spiffe_id TEXT NOT NULL,
      is_prefix INTEGER NOT NULL,
      issued_until INTEGER NOT NULL,
      actor TEXT NOT NULL,
      comment TEXT NOT NULL
    ) STRICT;
    CREATE INDEX revocations_by_expiry ON revocations (expires_at);
  `,
};
