import { join } from 'node:path';

/** What goes into a server's configuration file. */
export interface ServerConfigText {
  readonly folder: string;
  readonly port: number;
  readonly socketPath: string;
  readonly trustDomain: string;
  readonly logLevel: string;
  readonly keys: 'disk' | 'memory';
  /** Lines for the `server` block. */
  readonly settings: string;
  /** More plugin stanzas. */
  readonly plugins: string;
  /** More blocks, such as `health_checks { … }`. */
  readonly blocks?: string;
}

/** What goes into an agent's configuration file. */
export interface AgentConfigText {
  readonly folder: string;
  readonly serverPort: number;
  readonly socketPath: string;
  readonly trustDomain: string;
  readonly logLevel: string;
  readonly keys: 'disk' | 'memory';
  /** Lines for the `agent` block. */
  readonly settings: string;
  /** More blocks, such as `health_checks { … }`. */
  readonly blocks: string;
  /** The stanza of its node attestor. */
  readonly nodeAttestor: string;
  readonly discoverWorkloadPath: boolean;
}

/** The stanza for join tokens, on either side. */
export const joinTokenStanza = 'NodeAttestor "join_token" { plugin_data {} }';

/** The stanza of an agent that shows a certificate. */
export function x509popStanza(certificatePath: string, privateKeyPath: string): string {
  return `NodeAttestor "x509pop" {
    plugin_data {
      certificate_path = "${certificatePath}"
      private_key_path = "${privateKeyPath}"
    }
  }`;
}

/** A server's configuration file: SQLite, join tokens, keys on disk or in memory. */
export function serverConfigText(config: ServerConfigText): string {
  const dataDir = join(config.folder, 'data');
  return `
server {
  bind_address = "127.0.0.1"
  bind_port = "${config.port}"
  socket_path = "${config.socketPath}"
  trust_domain = "${config.trustDomain}"
  data_dir = "${dataDir}"
  log_level = "${config.logLevel}"
  ${config.settings}
}
plugins {
  DataStore "sql" {
    plugin_data {
      database_type = "sqlite3"
      connection_string = "${join(dataDir, 'datastore.sqlite3')}"
    }
  }
  KeyManager "${config.keys}" {
    plugin_data {
      ${config.keys === 'disk' ? `keys_path = "${join(dataDir, 'keys.json')}"` : ''}
    }
  }
  ${joinTokenStanza}
  ${config.plugins}
}
${config.blocks ?? ''}
`;
}

/** An agent's configuration file: the bundle from a file beside it, and the unix workload attestor. */
export function agentConfigText(config: AgentConfigText): string {
  const dataDir = join(config.folder, 'data');
  return `
agent {
  data_dir = "${dataDir}"
  log_level = "${config.logLevel}"
  server_address = "127.0.0.1"
  server_port = "${config.serverPort}"
  socket_path = "${config.socketPath}"
  trust_domain = "${config.trustDomain}"
  trust_bundle_path = "${join(config.folder, 'bundle.pem')}"
  ${config.settings}
}
${config.blocks}
plugins {
  ${config.nodeAttestor}
  KeyManager "${config.keys}" {
    plugin_data {
      ${config.keys === 'disk' ? `directory = "${dataDir}"` : ''}
    }
  }
  WorkloadAttestor "unix" {
    plugin_data {
      discover_workload_path = ${config.discoverWorkloadPath}
    }
  }
}
`;
}
