import type { Migration } from './migration.ts';

/** Entries, agents, join tokens, bundles, CA journals and the change log. */
export const firstSchema: Migration = {
  version: 1,
  name: 'first schema',
  sql: `
    CREATE TABLE meta (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO meta (name, value) VALUES
      ('id', lower(hex(randomblob(16)))),
      ('epoch', '0');

    CREATE TABLE entries (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      parent_id TEXT NOT NULL,
      spiffe_id TEXT NOT NULL,
      selectors TEXT NOT NULL,
      selector_count INTEGER NOT NULL,
      selector_hash INTEGER NOT NULL,
      x509_svid_ttl INTEGER NOT NULL,
      jwt_svid_ttl INTEGER NOT NULL,
      federates_with TEXT NOT NULL,
      federates_count INTEGER NOT NULL,
      admin INTEGER NOT NULL CHECK (admin IN (0, 1)),
      downstream INTEGER NOT NULL CHECK (downstream IN (0, 1)),
      expires_at INTEGER NOT NULL,
      dns_names TEXT NOT NULL,
      revision_number INTEGER NOT NULL,
      store_svid INTEGER NOT NULL CHECK (store_svid IN (0, 1)),
      hint TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      disable_x509_svid_prefetch INTEGER NOT NULL CHECK (disable_x509_svid_prefetch IN (0, 1)),
      jwt_svid_include_jti INTEGER NOT NULL CHECK (jwt_svid_include_jti IN (0, 1))
    ) STRICT;
    CREATE INDEX entries_by_parent ON entries (parent_id);
    CREATE INDEX entries_by_identity ON entries (spiffe_id, parent_id, selector_hash);
    CREATE INDEX entries_by_expiry ON entries (expires_at) WHERE expires_at > 0;
    CREATE INDEX entries_by_hint ON entries (hint) WHERE hint <> '';
    CREATE INDEX entries_downstream ON entries (downstream) WHERE downstream = 1;

    CREATE TABLE entry_selectors (
      type TEXT NOT NULL,
      value TEXT NOT NULL,
      entry_row INTEGER NOT NULL,
      PRIMARY KEY (type, value, entry_row)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE entry_federations (
      trust_domain TEXT NOT NULL,
      entry_row INTEGER NOT NULL,
      PRIMARY KEY (trust_domain, entry_row)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE agents (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      attestation_type TEXT NOT NULL,
      serial_number TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      new_serial_number TEXT NOT NULL,
      new_expires_at INTEGER NOT NULL,
      can_reattest INTEGER NOT NULL CHECK (can_reattest IN (0, 1)),
      agent_version TEXT NOT NULL,
      selectors TEXT NOT NULL,
      selector_count INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX agents_by_expiry ON agents (expires_at);

    CREATE TABLE agent_selectors (
      type TEXT NOT NULL,
      value TEXT NOT NULL,
      agent_row INTEGER NOT NULL,
      PRIMARY KEY (type, value, agent_row)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE join_tokens (
      token_sha256 BLOB PRIMARY KEY,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX join_tokens_by_expiry ON join_tokens (expires_at);

    CREATE TABLE bundles (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      trust_domain TEXT NOT NULL UNIQUE,
      refresh_hint INTEGER NOT NULL,
      sequence_number TEXT NOT NULL
    ) STRICT;

    CREATE TABLE bundle_x509_authorities (
      bundle_row INTEGER NOT NULL REFERENCES bundles (row_id),
      position INTEGER NOT NULL,
      der BLOB NOT NULL,
      tainted INTEGER NOT NULL CHECK (tainted IN (0, 1)),
      PRIMARY KEY (bundle_row, position)
    ) STRICT;

    CREATE TABLE bundle_jwt_authorities (
      bundle_row INTEGER NOT NULL REFERENCES bundles (row_id),
      position INTEGER NOT NULL,
      key_id TEXT NOT NULL,
      spki_der BLOB NOT NULL,
      expires_at INTEGER NOT NULL,
      tainted INTEGER NOT NULL CHECK (tainted IN (0, 1)),
      PRIMARY KEY (bundle_row, position),
      UNIQUE (bundle_row, key_id)
    ) STRICT;

    CREATE TABLE ca_journals (
      server_id TEXT PRIMARY KEY,
      data BLOB NOT NULL,
      version INTEGER NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE changes (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      recorded_at INTEGER NOT NULL
    ) STRICT;
  `,
};
