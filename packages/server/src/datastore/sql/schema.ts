import type { Generated } from 'kysely';

/** 0 or 1: SQLite has no boolean. */
export type Flag = 0 | 1;

/**
 * Registration entries. Lists that keep an order and are only ever read whole (`selectors`, `federates_with`,
 * `dns_names`) are JSON text here; what is searched for has an index table beside it.
 */
export interface EntriesTable {
  row_id: Generated<number>;
  id: string;
  parent_id: string;
  spiffe_id: string;
  /** JSON: `[["unix","uid:1000"], …]` */
  selectors: string;
  selector_count: number;
  /** Equal for equal selector sets; narrows the search for a similar entry, does not decide it. */
  selector_hash: number;
  x509_svid_ttl: number;
  jwt_svid_ttl: number;
  /** JSON: `["other.org", …]` */
  federates_with: string;
  federates_count: number;
  admin: Flag;
  downstream: Flag;
  expires_at: number;
  /** JSON: `["a.example.org", …]` */
  dns_names: string;
  revision_number: number;
  store_svid: Flag;
  hint: string;
  created_at: number;
  disable_x509_svid_prefetch: Flag;
  jwt_svid_include_jti: Flag;
}

/** Which entries name a selector. */
export interface EntrySelectorsTable {
  type: string;
  value: string;
  entry_row: number;
}

/** Which entries federate with a trust domain. */
export interface EntryFederationsTable {
  trust_domain: string;
  entry_row: number;
}

/** Attested nodes; `selectors` as in {@link EntriesTable}. */
export interface AgentsTable {
  row_id: Generated<number>;
  id: string;
  attestation_type: string;
  serial_number: string;
  expires_at: number;
  new_serial_number: string;
  new_expires_at: number;
  can_reattest: Flag;
  agent_version: string;
  selectors: string;
  selector_count: number;
}

/** Which nodes have a selector. */
export interface AgentSelectorsTable {
  type: string;
  value: string;
  agent_row: number;
}

/** Join tokens; the token itself is not there. */
export interface JoinTokensTable {
  token_sha256: Uint8Array;
  expires_at: number;
}

/** Trust bundles without their authorities. */
export interface BundlesTable {
  row_id: Generated<number>;
  trust_domain: string;
  refresh_hint: number;
  /** Decimal: the full unsigned 64 bits. */
  sequence_number: string;
}

export interface BundleX509AuthoritiesTable {
  bundle_row: number;
  position: number;
  der: Uint8Array;
  tainted: Flag;
}

export interface BundleJwtAuthoritiesTable {
  bundle_row: number;
  position: number;
  key_id: string;
  spki_der: Uint8Array;
  expires_at: number;
  tainted: Flag;
}

export interface CaJournalsTable {
  server_id: string;
  data: Uint8Array;
  version: number;
  saved_at: number;
}

/** The change log: what was touched, in the order of commits. */
export interface ChangesTable {
  sequence: Generated<number>;
  kind: 'entry' | 'agent' | 'bundle' | 'revocation' | 'task' | 'task_policy';
  id: string;
  recorded_at: number;
}

/** Who credentials were issued for, and why; one row for all renewals. */
export interface LedgerSubjectsTable {
  subject_row: Generated<number>;
  spiffe_id: string;
  /** '' for what no entry stands behind. */
  entry_id: string;
  /** '' for what no agent asked for. */
  agent_id: string;
  /** JSON: `["unix:uid:1000", …]` */
  evidence: string;
}

/** The ledger: each credential that was issued. */
export interface LedgerTable {
  position: Generated<number>;
  /** 1 X.509, 2 JWT. */
  kind: 1 | 2;
  authority_id: string;
  /** Serial in hex, or jti. */
  credential: string;
  subject_row: number;
  task_id: string;
  /** JSON: `["spiffe://…", …]` */
  audience: string;
  issued_at: number;
  expires_at: number;
  /** Sequence of what revoked it; 0: nothing did. */
  revocation: Generated<number>;
  revoked_at: Generated<number>;
}

/** How far each journal file of the ledger has been taken over. */
export interface LedgerJournalTable {
  name: string;
  indexed_bytes: number;
}

/** What was revoked. */
export interface RevocationsTable {
  sequence: Generated<number>;
  /** Number of the reason, as in CRLs. */
  reason: number;
  revoked_at: number;
  expires_at: number;
  kind: 'x509' | 'jwt' | 'task' | 'subject';
  /** Of an X.509-SVID's authority, else ''. */
  authority_id: string;
  /** Serial in hex, jti, or ID of the task; '' for a rule. */
  credential: string;
  /** Whom a rule covers, else ''. */
  spiffe_id: string;
  is_prefix: Flag;
  issued_until: number;
  actor: string;
  comment: string;
}

/** Tasks, active and ended ones. */
export interface TasksTable {
  row_id: Generated<number>;
  id: string;
  /** '' for a task without a parent. */
  parent_id: string;
  purpose: string;
  spiffe_id: string;
  entry_id: string;
  agent_id: string;
  /** JSON: `["db", …]` */
  audiences: string;
  /** JSON: `["spiffe://…", …]` */
  destinations: string;
  began_at: number;
  deadline: number;
  depth: number;
  /** 0: no limit. */
  budget: number;
  /** In the task and below it. */
  issued: Generated<number>;
  /** When the last credential of the task itself expires at the latest; 0 when it has none. */
  last_expiry: Generated<number>;
  offline_lease: number;
  begun_by: string;
  /** '' for none. */
  idempotency_key: string;
  /** Number of the end on the wire; 0 while the task is active. */
  end_cause: Generated<number>;
  ended_at: Generated<number>;
  end_detail: Generated<string>;
}

/** What entries say of tasks; one without a row has the default policy. */
export interface TaskPoliciesTable {
  entry_id: string;
  is_task_only: Flag;
  max_ttl: number;
  offline_lease: number;
}

/** SQLite's own: the highest row ID that AUTOINCREMENT has given in each table. */
export interface SqliteSequenceTable {
  name: string;
  seq: number;
}

/** Facts about the database itself. */
export interface MetaTable {
  name: 'id' | 'epoch' | 'page_key';
  value: string;
}

/** Every table, as Kysely sees it. */
export interface Schema {
  entries: EntriesTable;
  entry_selectors: EntrySelectorsTable;
  entry_federations: EntryFederationsTable;
  agents: AgentsTable;
  agent_selectors: AgentSelectorsTable;
  join_tokens: JoinTokensTable;
  bundles: BundlesTable;
  bundle_x509_authorities: BundleX509AuthoritiesTable;
  bundle_jwt_authorities: BundleJwtAuthoritiesTable;
  ca_journals: CaJournalsTable;
  changes: ChangesTable;
  ledger_subjects: LedgerSubjectsTable;
  ledger: LedgerTable;
  ledger_journal: LedgerJournalTable;
  revocations: RevocationsTable;
  tasks: TasksTable;
  task_policies: TaskPoliciesTable;
  sqlite_sequence: SqliteSequenceTable;
  meta: MetaTable;
}
