import type { Migration } from './migration.ts';

/** The ledger of what was issued. Who a credential is for repeats with every renewal: that part is stored once. */
export const ledgerSchema: Migration = {
  version: 2,
  name: 'ledger',
  sql: `
    CREATE TABLE ledger_subjects (
      subject_row INTEGER PRIMARY KEY,
      spiffe_id TEXT NOT NULL,
      entry_id TEXT NOT NULL,
      agent_id TEXT NOT NULL,
      evidence TEXT NOT NULL,
      UNIQUE (spiffe_id, entry_id, agent_id, evidence)
    ) STRICT;
    CREATE INDEX ledger_subjects_by_entry ON ledger_subjects (entry_id) WHERE entry_id <> '';
    CREATE INDEX ledger_subjects_by_agent ON ledger_subjects (agent_id) WHERE agent_id <> '';

    CREATE TABLE ledger (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
      authority_id TEXT NOT NULL,
      credential TEXT NOT NULL,
      subject_row INTEGER NOT NULL,
      task_id TEXT NOT NULL,
      audience TEXT NOT NULL,
      issued_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      revocation INTEGER NOT NULL DEFAULT 0,
      revoked_at INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX ledger_by_subject ON ledger (subject_row);
    CREATE INDEX ledger_by_credential ON ledger (credential);
    CREATE INDEX ledger_by_task ON ledger (task_id) WHERE task_id <> '';
    CREATE INDEX ledger_by_expiry ON ledger (expires_at);
    CREATE INDEX ledger_revoked ON ledger (revocation) WHERE revocation <> 0;

    CREATE TABLE ledger_journal (
      name TEXT PRIMARY KEY,
      indexed_bytes INTEGER NOT NULL
    ) STRICT;
  `,
};
