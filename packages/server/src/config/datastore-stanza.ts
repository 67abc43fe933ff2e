import { nearestName } from '@signet/core';
import { type ConfigProblem, type PluginStanza } from '@signet/daemon';

/** Which database to open. */
export interface DatastorePlan {
  readonly engine: 'sqlite';
  /** Path of the database file. */
  readonly path: string;
}

/** The keys of `DataStore "sql"`. */
export const datastoreKeys: readonly string[] = ['database_type', 'connection_string'];
/** Those of SPIRE that are not there yet. */
export const laterDatastoreKeys: readonly string[] = [
  'ro_connection_string',
  'root_ca_path',
  'client_cert_path',
  'client_key_path',
  'max_open_conns',
  'max_idle_conns',
  'conn_max_lifetime',
  'disable_migration',
];
const laterEngines: ReadonlySet<string> = new Set(['postgres', 'mysql', 'aws_postgres', 'aws_mysql']);

/** Reads `DataStore "sql" { … }`; every problem is appended. */
export function readDatastoreStanza(stanza: PluginStanza, problems: ConfigProblem[]): DatastorePlan {
  const report = (key: string, message: string, nearest?: string): void => {
    const path = key === '' ? stanza.path : `${stanza.path}.plugin_data.${key}`;
    problems.push({ path, message, position: stanza.position, ...(nearest !== undefined && { nearest }) });
  };
  if (stanza.name !== 'sql') report('', 'unknown DataStore plugin', 'sql');
  for (const key of Object.keys(stanza.data)) {
    if (laterDatastoreKeys.includes(key)) report(key, 'is not supported yet');
    else if (!datastoreKeys.includes(key)) report(key, 'unknown key', nearestName(key, datastoreKeys));
  }
  checkEngine(stanza.data['database_type'], (message, nearest) => report('database_type', message, nearest));
  const connection = stanza.data['connection_string'];
  if (typeof connection !== 'string' || connection === '') report('connection_string', 'is required');
  return { engine: 'sqlite', path: typeof connection === 'string' ? filePath(connection) : '' };
}

function checkEngine(engine: unknown, report: (message: string, nearest?: string) => void): void {
  if (engine === 'sqlite3') return;
  if (typeof engine === 'string' && laterEngines.has(engine))
    report('this database is not supported yet', 'sqlite3');
  else report('must be "sqlite3"');
}

/** `file:/path?options` is SQLite's URI form; the options are ours to choose. */
function filePath(connection: string): string {
  return connection.startsWith('file:')
    ? connection
        .slice('file:'.length)
        .replace(/^\/\/(?=\/)/, '')
        .replace(/\?.*$/s, '')
    : connection;
}
