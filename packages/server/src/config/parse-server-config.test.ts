import { describe, expect, it } from '@jest/globals';
import { configProblems, type ReadConfigOptions } from '@signet/daemon';
import { parseServerConfig } from './parse-server-config.ts';

const plugins = `
  plugins {
    DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "/d/datastore.sqlite3" } }
    KeyManager "memory" { plugin_data {} }
  }`;
const minimal = `server { trust_domain = "example.org", data_dir = "/d" } ${plugins}`;

const withServer = (lines: string): string =>
  `server { trust_domain = "example.org"\n data_dir = "/d"\n ${lines} } ${plugins}`;
const withPlugins = (stanzas: string): string =>
  `server { trust_domain = "example.org", data_dir = "/d" } plugins { ${stanzas} }`;

function problemsOf(text: string, options?: ReadConfigOptions) {
  try {
    parseServerConfig(text, options);
  } catch (error) {
    return configProblems(error).map(({ path, message, nearest }) => [path, message, nearest]);
  }
  throw new Error('the configuration was accepted');
}

describe('parseServerConfig', () => {
  it('fills in the defaults of SPIRE', () => {
    const config = parseServerConfig(minimal);
    expect(config).toMatchObject({
      dataDir: '/d',
      bindAddress: '0.0.0.0',
      bindPort: 8081,
      socketPath: '/tmp/spire-server/private/api.sock',
      lifetimes: { agentTtl: 0, x509SvidTtl: 3600, jwtSvidTtl: 300, caTtl: 86_400 },
      caKeyType: 'ec-p256',
      jwtKeyType: 'ec-p256',
      disableJwtSvids: false,
      jwtSvidJti: true,
      ledger: { sync: 'batched', retention: 86_400 },
      auditLogEnabled: false,
      log: { level: 'info', format: 'text' },
      rateLimits: { attestation: true, signing: true },
      agentFeedHeartbeat: 5,
      metricLabels: { trustDomain: false, host: true },
    });
    expect(config.trustDomain.name).toBe('example.org');
    expect(config).not.toHaveProperty('health');
    expect(config).not.toHaveProperty('prometheus');
    expect(config).not.toHaveProperty('agentPruning');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reads what SPIRE configurations say', () => {
    const config = parseServerConfig(`
      server {
        bind_address = "127.0.0.1"
        bind_port = "8082"
        Trust_Domain = "spiffe://example.org"
        data_dir = "/d"
        admin_ids = ["spiffe://example.org/admin", "spiffe://other.org/admin"]
        agent_ttl = "10m"
        default_x509_svid_ttl = "30m"
        ca_ttl = "48h"
        ca_key_type = "rsa-2048"
        ca_subject = { country = ["DE"], organization = ["Org"], common_name = "CN" }
        ratelimit { signing = false }
        prune_attested_nodes_expired_for = "720h"
        log_level = "DEBUG"
      }
      ${plugins}
      telemetry { Prometheus { port = 9988 } }
      health_checks { listener_enabled = true, bind_port = "8080" }`);
    expect(config).toMatchObject({
      bindPort: 8082,
      lifetimes: { agentTtl: 600, x509SvidTtl: 1800, caTtl: 172_800 },
      caKeyType: 'rsa-2048',
      jwtKeyType: 'rsa-2048',
      caSubject: { country: 'DE', organization: 'Org', commonName: 'CN' },
      rateLimits: { attestation: true, signing: false },
      agentPruning: { expiredFor: 2_592_000, batchSize: 1000, includeNonReattestable: false },
      log: { level: 'debug' },
      prometheus: { host: 'localhost', port: 9988 },
      health: { host: 'localhost', port: 8080, livePath: '/live', readyPath: '/ready' },
    });
    expect(config.adminTrustDomains.map(({ name }) => name)).toEqual(['other.org']);
  });

  it('reads how the ledger is kept', () => {
    const ledgerOf = (lines: string) => parseServerConfig(withServer(lines)).ledger;
    expect(ledgerOf('ledger_sync = "always"\n ledger_retention = "1h"')).toEqual({
      sync: 'always',
      retention: 3600,
    });
    expect(ledgerOf('disable_ledger = true')).toBeUndefined();
    expect(problemsOf(withServer('ledger_sync = "never"\n ledger_retention = "-1h"'))).toMatchObject([
      ['server.ledger_sync', 'must be one of batched, always', undefined],
      ['server.ledger_retention', expect.any(String), undefined],
    ]);
  });

  it('lets the command line beat the file', () => {
    const overrides = [
      { flag: 'trustDomain', key: 'trust_domain', value: 'other.org' },
      { flag: 'dataDir', key: 'data_dir', value: '/e' },
      { flag: 'serverPort', key: 'bind_port', value: 9 },
      { flag: 'logLevel', key: 'log_level', value: 'warn' },
      { flag: 'logFormat', key: 'log_format', value: 'JSON' },
      { flag: 'logFile', key: 'log_file', value: '/l' },
      { flag: 'logSourceLocation', key: 'log_source_location', value: true },
    ];
    const config = parseServerConfig(minimal, { overrides });
    expect(config).toMatchObject({
      dataDir: '/e',
      bindPort: 9,
      log: { level: 'warning', format: 'json', file: '/l', sourceLocation: true },
    });
    expect(config.trustDomain.name).toBe('other.org');
  });

  it('takes what is required from the command line too', () => {
    const config = parseServerConfig(plugins, {
      overrides: [
        { flag: 'trustDomain', key: 'trust_domain', value: 'example.org' },
        { flag: 'dataDir', key: 'data_dir', value: '/d' },
      ],
    });
    expect(config.dataDir).toBe('/d');
  });

  it('expands the environment only when asked', () => {
    const text = minimal.replace('example.org', '$TD');
    expect(parseServerConfig(text, { env: { TD: 'example.org' } }).trustDomain.name).toBe('example.org');
    expect(problemsOf(text)).toContainEqual([
      'server.trust_domain',
      expect.stringContaining('is not a trust domain'),
      undefined,
    ]);
  });

  it.each([
    [
      'a misspelt key',
      withServer('bind_adress = "x"'),
      [['server.bind_adress', 'unknown key', 'bind_address']],
    ],
    [
      'an address by name',
      withServer('bind_address = "localhostx"'),
      [['server.bind_address', 'must be an IP address', undefined]],
    ],
    [
      'a key of ours to come',
      withServer('profiling_enabled = true'),
      [['server.profiling_enabled', 'is not supported yet', undefined]],
    ],
    ['federation', withServer('federation {}'), [['server.federation', 'is not supported yet', undefined]]],
    [
      'an experimental key',
      withServer('experimental { events_based_cache = true }'),
      [['server.experimental.events_based_cache', 'is not supported yet', undefined]],
    ],
    [
      'a port that is none',
      withServer('bind_port = 70000'),
      [['server.bind_port', expect.any(String), undefined]],
    ],
    [
      'a key type that is none',
      withServer('ca_key_type = "dsa"'),
      [['server.ca_key_type', expect.any(String), undefined]],
    ],
    [
      'a duration that is none',
      withServer('ca_ttl = "soon"'),
      [['server.ca_ttl', expect.any(String), undefined]],
    ],
    [
      'an admin that is no SPIFFE ID',
      withServer('admin_ids = ["admin"]'),
      [['server.admin_ids[0]', expect.stringContaining('is not a SPIFFE ID'), undefined]],
    ],
    [
      'two countries',
      withServer('ca_subject { country = ["A", "B"] }'),
      [['server.ca_subject.country', 'more than one value is not supported yet', undefined]],
    ],
    [
      'a status list without a host',
      withServer('status_list_uri = "status-lists"'),
      [['server.status_list_uri', 'is not a URL', undefined]],
    ],
    [
      'a status list with a query',
      withServer('status_list_uri = "https://a.example.org/?x=1"'),
      [['server.status_list_uri', expect.stringContaining('query'), undefined]],
    ],
    [
      'a status list that ends with a slash',
      withServer('status_list_uri = "https://a.example.org/"'),
      [['server.status_list_uri', 'must not end with a slash', undefined]],
    ],
    [
      'status lists of tokens that have no jti',
      withServer('status_list_uri = "https://a.example.org/l"\njwt_svid_jti = false'),
      [['server.status_list_uri', expect.stringContaining('needs jwt_svid_jti'), undefined]],
    ],
    [
      'a status listener without a port',
      `${withServer('')}\nstatus_listener {}`,
      [['status_listener.bind_port', 'is required', undefined]],
    ],
    [
      'nothing at all',
      '',
      expect.arrayContaining([
        ['server.trust_domain', 'is required', undefined],
        ['server.data_dir', 'is required', undefined],
      ]),
    ],
    [
      'another database',
      withPlugins(
        'DataStore "sql" { plugin_data { database_type = "postgres", connection_string = "x" } } KeyManager "memory" {}',
      ),
      [['plugins.DataStore.sql.plugin_data.database_type', 'this database is not supported yet', 'sqlite3']],
    ],
    [
      'a database without a place',
      withPlugins(
        'DataStore "sql" { plugin_data { database_type = "sqlite3", conection_string = "x" } } KeyManager "memory" {}',
      ),
      [
        ['plugins.DataStore.sql.plugin_data.conection_string', 'unknown key', 'connection_string'],
        ['plugins.DataStore.sql.plugin_data.connection_string', 'is required', undefined],
      ],
    ],
    [
      'a plugin of SPIRE that is to come',
      `server { trust_domain = "example.org", data_dir = "/d" } ${plugins.replace('KeyManager "memory" { plugin_data {} }', 'KeyManager "memory" {}\n NodeAttestor "aws_iid" {}\n UpstreamAuthority "disk" {}')}`,
      expect.arrayContaining([
        ['plugins.NodeAttestor.aws_iid', 'is not supported yet', undefined],
        ['plugins.UpstreamAuthority.disk', 'this type of plugin is not supported yet', undefined],
      ]),
    ],
    [
      'misspelt plugins',
      withPlugins(
        'DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "x" } } KeyManager "memry" {} NodeAtestor "x509pop" {}',
      ),
      expect.arrayContaining([
        ['plugins.KeyManager.memry', 'unknown KeyManager plugin', 'memory'],
        ['plugins.NodeAtestor.x509pop', 'unknown plugin type', 'NodeAttestor'],
      ]),
    ],
    [
      'settings that a plugin refuses',
      withPlugins(
        'DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "x" } } KeyManager "disk" { plugin_data { key_path = "x" } }',
      ),
      expect.arrayContaining([
        ['plugins.KeyManager.disk.plugin_data.key_path', expect.any(String), 'keys_path'],
      ]),
    ],
    [
      'no key manager',
      withPlugins('DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "x" } }'),
      [['plugins.KeyManager', 'exactly one is required, found 0', undefined]],
    ],
  ])('refuses %s', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('lists all problems at once', () => {
    const text = withServer('bind_adress = "x"\n bind_port = 0\n ca_ttl = "soon"').replace(
      '"memory"',
      '"memry"',
    );
    expect(problemsOf(text)).toHaveLength(4);
  });

  it.each([
    ['/d/x.sqlite3', '/d/x.sqlite3'],
    ['file:/d/x.sqlite3?cache=shared', '/d/x.sqlite3'],
    ['file:///d/x.sqlite3', '/d/x.sqlite3'],
    ['./x.sqlite3', './x.sqlite3'],
  ])('takes %s as the database %s', (connection, path) => {
    const config = parseServerConfig(minimal.replace('/d/datastore.sqlite3', connection));
    expect(config.plugins.datastore).toEqual({ engine: 'sqlite', path });
  });
});
