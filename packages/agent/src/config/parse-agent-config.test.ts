import { describe, expect, it } from '@jest/globals';
import { configProblems, type ConfigOverride, type ConfigProblem } from '@signet/daemon';
import type { AgentConfig } from './agent-config.ts';
import { parseAgentConfig } from './parse-agent-config.ts';

const PLUGINS = `
plugins {
  KeyManager "memory" { plugin_data {} }
  NodeAttestor "join_token" { plugin_data {} }
  WorkloadAttestor "unix" { plugin_data {} }
}`;

function text(agent: string, rest = PLUGINS): string {
  return `agent {
    trust_domain = "example.org"
    server_address = "localhost"
    server_port = 8081
    ${agent}
  }
  ${rest}`;
}

const parse = (agent = '', overrides: readonly ConfigOverride[] = [], rest = PLUGINS): AgentConfig =>
  parseAgentConfig(text(agent, rest), { overrides });

function problems(
  agent: string,
  rest = PLUGINS,
  overrides: readonly ConfigOverride[] = [],
): readonly ConfigProblem[] {
  try {
    parse(agent, overrides, rest);
  } catch (error) {
    return configProblems(error);
  }
  return [];
}

describe('parseAgentConfig', () => {
  it('fills in what SPIRE fills in', () => {
    expect(parse('insecure_bootstrap = true')).toMatchObject({
      server: { host: 'localhost', port: 8081 },
      dataDir: '.',
      socketPath: '/tmp/spire-agent/public/api.sock',
      trust: { kind: 'insecure' },
      syncInterval: 5,
      pushedSyncInterval: 60,
      workloadKeyType: 'ec-p256',
      x509SvidCacheMaxSize: 1000,
      log: { level: 'info', format: 'text' },
      allowUnauthenticatedVerifiers: false,
    });
  });

  it('reads what is there', () => {
    const config = parse(`
      data_dir = "/var/lib/agent"
      trust_bundle_url = "https://bundles.example.org/x"
      trust_bundle_format = "spiffe"
      join_token_file = "/run/token"
      availability_target = "48h"
      experimental { sync_interval = "30s" }
      log_level = "warn"`);
    expect(config).toMatchObject({
      dataDir: '/var/lib/agent',
      trust: { kind: 'url', url: 'https://bundles.example.org/x', format: 'spiffe' },
      joinToken: { file: '/run/token' },
      availabilityTarget: 48 * 3600,
      syncInterval: 30,
      pushedSyncInterval: 30,
      log: { level: 'warning' },
    });
  });

  it('lets the command line win', () => {
    const config = parse('trust_bundle_path = "/a"\ndata_dir = "/file"', [
      { flag: 'dataDir', key: 'data_dir', value: '/data' },
      { flag: 'joinToken', key: 'join_token', value: 'abc' },
      { flag: 'disableWorkloadAPI', key: 'disable_workload_api', value: true },
    ]);
    expect(config).toMatchObject({
      dataDir: '/data',
      server: { host: 'localhost', port: 8081 },
      joinToken: { token: 'abc' },
      disableWorkloadApi: true,
    });
  });

  it('takes what is empty as absent', () => {
    const config = parse(
      'trust_bundle_path = ""\ntrust_bundle_url = ""\ninsecure_bootstrap = true\njoin_token = ""',
    );
    expect(config).toMatchObject({ trust: { kind: 'insecure' } });
    expect(config).not.toHaveProperty('joinToken');
  });

  it.each([
    [
      'a bundle and none',
      'trust_bundle_path = "/x"\ninsecure_bootstrap = true',
      'only one of trust_bundle_path, insecure_bootstrap may be set; insecure_bootstrap believes whoever answers',
    ],
    [
      'two bundles',
      'trust_bundle_path = "/x"\ntrust_bundle_url = "https://x/"',
      'only one of trust_bundle_path, trust_bundle_url may be set',
    ],
    ['nothing', '', 'set trust_bundle_path (a file with what "signet-server bundle show" prints)'],
  ])('says what to do about trust in %s', (_name, agent, message) => {
    expect(problems(agent).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  it('expands variables only when told to', () => {
    const source = text('insecure_bootstrap = true\ndata_dir = "$DIR/x"');
    expect(parseAgentConfig(source).dataDir).toBe('$DIR/x');
    expect(parseAgentConfig(source, { env: { DIR: '/d' } }).dataDir).toBe('/d/x');
  });

  it.each([
    { name: 'no way to trust', agent: '', path: 'agent.trust_bundle_path' },
    {
      name: 'two ways to trust',
      agent: 'insecure_bootstrap = true\ntrust_bundle_path = "/x"',
      path: 'agent.trust_bundle_path',
    },
    { name: 'a bundle over http', agent: 'trust_bundle_url = "http://x/"', path: 'agent.trust_bundle_url' },
    {
      name: 'both kinds of join token',
      agent: 'insecure_bootstrap = true\njoin_token = "a"\njoin_token_file = "b"',
      path: 'agent.join_token',
    },
    {
      name: 'a short availability target',
      agent: 'insecure_bootstrap = true\navailability_target = "1h"',
      path: 'agent.availability_target',
    },
    { name: 'a log level', agent: 'insecure_bootstrap = true\nlog_level = "loud"', path: 'agent.log_level' },
    {
      name: 'a key type',
      agent: 'insecure_bootstrap = true\nworkload_x509_svid_key_type = "dsa"',
      path: 'agent.workload_x509_svid_key_type',
    },
  ])('$name is a problem', ({ agent, path }) => {
    expect(problems(agent).map((problem) => problem.path)).toContain(path);
  });

  it.each(['admin_socket_path = "/x"', 'sds {}', 'authorized_delegates = []', 'rebootstrap_mode = "auto"'])(
    'what SPIRE has and we have not stops the start: %s',
    (key) => {
      const [problem, ...others] = problems(`insecure_bootstrap = true\n${key}`);
      expect(others).toEqual([]);
      expect(problem?.message).toMatch(/not supported yet|supported yet/);
    },
  );

  it('names the key that an unknown one resembles', () => {
    expect(problems('insecure_bootstrap = true\nserver_adress = "x"')).toMatchObject([
      { path: 'agent.server_adress', nearest: 'server_address' },
    ]);
  });

  it('lists all problems at once', () => {
    const paths = problems('trust_domian = "x"\nlog_level = "loud"', 'plugins {}').map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'agent.trust_domian',
        'agent.log_level',
        'agent.trust_bundle_path',
        'plugins.KeyManager',
        'plugins.NodeAttestor',
        'plugins.WorkloadAttestor',
      ]),
    );
  });

  it('requires what has no default', () => {
    const source = `agent { insecure_bootstrap = true }\n${PLUGINS}`;
    expect(() => parseAgentConfig(source)).toThrow(/trust_domain[^]*server_address[^]*server_port/);
  });

  it.each([
    { name: 'an unknown plugin', stanza: 'WorkloadAttestor "unixx" { plugin_data {} }', nearest: 'unix' },
    {
      name: 'a plugin for later',
      stanza: 'WorkloadAttestor "docker" { plugin_data {} }',
      nearest: undefined,
    },
    {
      name: 'an external plugin',
      stanza: 'WorkloadAttestor "unix" { plugin_cmd = "/x" plugin_data {} }',
      nearest: undefined,
    },
  ])('$name is a problem', ({ stanza, nearest }) => {
    const plugins = PLUGINS.replace('WorkloadAttestor "unix" { plugin_data {} }', stanza);
    const found = problems('insecure_bootstrap = true', plugins);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.nearest).toBe(nearest);
  });

  it("checks plugins' own settings", () => {
    const plugins = PLUGINS.replace(
      '"unix" { plugin_data {}',
      '"unix" { plugin_data { discover_path = true }',
    );
    expect(problems('insecure_bootstrap = true', plugins)).toMatchObject([
      { path: 'plugins.WorkloadAttestor.unix.plugin_data.discover_path' },
    ]);
  });
});
