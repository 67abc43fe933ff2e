import type { Migration } from './migration.ts';

/** Tasks, and what entries say of them. `end_cause` is the number of the end on the wire; 0 while a task is active. */
export const taskSchema: Migration = {
  version: 4,
  name: 'tasks',
  sql: `
    CREATE TABLE tasks (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      parent_id TEXT NOT NULL,
      purpose TEXT NOT NULL,
      spiffe_id TEXT NOT NULL,
      entry_id TEXT NOT NULL,
      agent_id TEXT NOT NULL,
      audiences TEXT NOT NULL,
      destinations TEXT NOT NULL,
      began_at INTEGER NOT NULL,
      deadline INTEGER NOT NULL,
      depth INTEGER NOT NULL,
      budget INTEGER NOT NULL,
      issued INTEGER NOT NULL DEFAULT 0,
      last_expiry INTEGER NOT NULL DEFAULT 0,
      offline_lease INTEGER NOT NULL,
      begun_by TEXT NOT NULL,
      idempotency_key TEXT NOT NULL,
      end_cause INTEGER NOT NULL DEFAULT 0,
      ended_at INTEGER NOT NULL DEFAULT 0,
      end_detail TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX tasks_active ON tasks (agent_id, entry_id) WHERE end_cause = 0;
    CREATE INDEX tasks_active_of_entry ON tasks (entry_id) WHERE end_cause = 0;
    CREATE INDEX tasks_active_below ON tasks (parent_id) WHERE end_cause = 0 AND parent_id <> '';
    CREATE INDEX tasks_revoked ON tasks (agent_id, last_expiry) WHERE end_cause <> 0;
    CREATE INDEX tasks_ended ON tasks (ended_at) WHERE end_cause <> 0;
    CREATE UNIQUE INDEX tasks_by_key ON tasks (agent_id, idempotency_key) WHERE idempotency_key <> '';

    CREATE TABLE task_policies (
      entry_id TEXT PRIMARY KEY,
      is_task_only INTEGER NOT NULL,
      max_ttl INTEGER NOT NULL,
      offline_lease INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
