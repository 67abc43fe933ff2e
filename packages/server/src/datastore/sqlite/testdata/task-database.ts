import { closeSync, openSync } from 'node:fs';
import type { NewTask } from '../../task-store.ts';
import { SqliteConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';

/** A task of what {@link openTaskDatabase} has. */
export const taskOrder: NewTask = {
  id: 'one',
  parentId: '',
  entryId: 'e',
  agentId: 'a',
  request: { purpose: 'p', audiences: [], destinations: [], ttl: 0, budget: 0 },
  idempotencyKey: '',
  begunBy: '',
};

/** Makes a database in which tasks can be begun: entry `e`, agents `a` and `b`. */
export function openTaskDatabase(path: string): SqliteConnection {
  closeSync(openSync(path, 'wx'));
  const connection = SqliteConnection.open(path, { readonly: false });
  migrate(connection, { isNew: true });
  connection.script(`
    INSERT INTO entries (id, parent_id, spiffe_id, selectors, selector_count, selector_hash, x509_svid_ttl,
      jwt_svid_ttl, federates_with, federates_count, admin, downstream, expires_at, dns_names, revision_number,
      store_svid, hint, created_at, disable_x509_svid_prefetch, jwt_svid_include_jti)
    VALUES ('e', 'spiffe://x/a', 'spiffe://x/b', '[]', 0, 0, 0, 0, '[]', 0, 0, 0, 0, '[]', 0, 0, '', 0, 0, 0);
    INSERT INTO agents (id, attestation_type, serial_number, expires_at, new_serial_number, new_expires_at,
      can_reattest, agent_version, selectors, selector_count)
    VALUES ('a', 't', '1', 5000, '', 0, 1, '', '[]', 0), ('b', 't', '1', 5000, '', 0, 1, '', '[]', 0);`);
  return connection;
}
