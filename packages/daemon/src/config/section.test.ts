import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@signet/core';
import { configError, namedByFile, type ConfigProblem } from './config-problem.ts';
import { describeSection } from './describe-section.ts';
import { field } from './field.ts';
import { parseHcl } from './parse-hcl.ts';
import { makePlugin } from './plugin-plan.ts';
import { readSection } from './section.ts';

const doc = '';
const schema = {
  trust_domain: field.text({ doc, required: true }),
  log_level: field.text({ doc, default: 'INFO', choices: ['DEBUG', 'INFO'] }),
  bind_port: field.integer({ doc, default: 8081, min: 1, max: 65535 }),
  audit: field.boolean({ doc, default: false }),
  ca_ttl: field.duration({ doc, default: 86400, min: 60 }),
  admin_ids: field.textList({ doc, check: (value) => (value === '' ? 'must not be empty' : undefined) }),
  ca_subject: field.section({
    doc,
    fields: { country: field.textList({ doc }), common_name: field.text({ doc }) },
  }),
  ratelimit: field.sectionOrDefaults({ doc, fields: { signing: field.boolean({ doc, default: true }) } }),
  federates_with: field.labelled({ doc, fields: { url: field.text({ doc }) } }),
  statsd: field.sectionList({ doc, fields: { address: field.text({ doc }) } }),
  profiling_port: field.unsupported({ doc }),
};

function read(text: string) {
  const problems: ConfigProblem[] = [];
  const values = readSection(schema, parseHcl(text), 'server', problems);
  return {
    values,
    problems: problems.map(({ path, message, nearest }) => ({
      path,
      message,
      ...(nearest ? { nearest } : {}),
    })),
  };
}

describe('readSection reads', () => {
  it('defaults', () => {
    const { values, problems } = read('trust_domain = "example.org"');
    expect(problems).toEqual([]);
    expect(values).toMatchObject({
      log_level: 'INFO',
      bind_port: 8081,
      audit: false,
      ca_ttl: 86400,
      admin_ids: [],
    });
    expect(values.ca_subject).toBeUndefined();
    expect(values.ratelimit).toEqual({ signing: true });
  });

  it.each([
    ['keys in any case', 'TRUST_Domain = "a"', { trust_domain: 'a' }],
    ['a quoted number', 'trust_domain = "a" bind_port = "8082"', { bind_port: 8082 }],
    ['an octal number', 'trust_domain = "a" bind_port = 0777', { bind_port: 511 }],
    ['a quoted octal number', 'trust_domain = "a" bind_port = "010"', { bind_port: 8 }],
    ['a number where a string is wanted', 'trust_domain = 5', { trust_domain: '5' }],
    ['a choice in any case', 'trust_domain = "a" log_level = "debug"', { log_level: 'DEBUG' }],
    ['a duration', 'trust_domain = "a" ca_ttl = "1h30m"', { ca_ttl: 5400 }],
    [
      'a block written with =',
      'trust_domain = "a" ca_subject = { common_name = "x" }',
      { ca_subject: { country: [], common_name: 'x' } },
    ],
    [
      'an empty text as no key',
      'trust_domain = "a" log_level = "" ca_ttl = ""',
      { log_level: 'INFO', ca_ttl: 86400 },
    ],
    ['repeated lists', 'trust_domain = "a" admin_ids = ["x"] admin_ids = ["y"]', { admin_ids: ['x', 'y'] }],
    [
      'repeated blocks',
      'trust_domain = "a" statsd { address = "x" } statsd { address = "y" }',
      { statsd: [{ address: 'x' }, { address: 'y' }] },
    ],
    [
      'a JSON list of blocks',
      '{"trust_domain": "a", "statsd": [{"address": "x"}, {"address": "y"}]}',
      { statsd: [{ address: 'x' }, { address: 'y' }] },
    ],
  ])('%s', (_name, text, expected) => {
    const { values, problems } = read(text);
    expect(problems).toEqual([]);
    expect(values).toMatchObject(expected);
  });

  it.each([
    ['HCL', 'trust_domain = "a" federates_with "b" { url = "x" } federates_with "c" { url = "y" }'],
    ['HCL without label', 'trust_domain = "a" federates_with { "b" { url = "x" } c { url = "y" } }'],
    ['JSON', '{"trust_domain": "a", "federates_with": {"b": {"url": "x"}, "c": {"url": "y"}}}'],
    [
      'JSON with lists',
      '{"trust_domain": "a", "federates_with": [{"b": [{"url": "x"}]}, {"c": {"url": "y"}}]}',
    ],
  ])('labelled blocks in %s', (_name, text) => {
    const { values, problems } = read(text);
    expect(problems).toEqual([]);
    expect([...values.federates_with]).toEqual([
      ['b', { url: 'x' }],
      ['c', { url: 'y' }],
    ]);
  });
});

describe('readSection reports', () => {
  it.each([
    ['a missing key', '', { path: 'server.trust_domain', message: 'is required' }],
    [
      'an unknown key',
      'trust_domain = "a" trust_domian = "b"',
      { path: 'server.trust_domian', message: 'unknown key', nearest: 'trust_domain' },
    ],
    [
      'an unknown key in a block',
      'trust_domain = "a" ca_subject { contry = ["x"] }',
      { path: 'server.ca_subject.contry', message: 'unknown key', nearest: 'country' },
    ],
    [
      'a key that is not supported',
      'trust_domain = "a" profiling_port = 1',
      { path: 'server.profiling_port', message: 'is not supported yet' },
    ],
    [
      'a quoted bool',
      'trust_domain = "a" audit = "true"',
      { path: 'server.audit', message: 'must be true or false, without quotes' },
    ],
    [
      'a string for a number',
      'trust_domain = "a" bind_port = "http"',
      { path: 'server.bind_port', message: 'must be a whole number' },
    ],
    [
      'a fraction',
      'trust_domain = "a" bind_port = 1.5',
      { path: 'server.bind_port', message: 'must be a whole number' },
    ],
    [
      'a number out of range',
      'trust_domain = "a" bind_port = 70000',
      { path: 'server.bind_port', message: 'must be between 1 and 65535' },
    ],
    [
      'a number for a duration',
      'trust_domain = "a" ca_ttl = 60',
      { path: 'server.ca_ttl', message: 'must be a duration such as "1h30m"' },
    ],
    [
      'a bad duration',
      'trust_domain = "a" ca_ttl = "1 day"',
      { path: 'server.ca_ttl', message: 'must be a duration such as "1h30m"' },
    ],
    [
      'a short duration',
      'trust_domain = "a" ca_ttl = "5s"',
      { path: 'server.ca_ttl', message: 'must be at least 1m0s' },
    ],
    [
      'another choice',
      'trust_domain = "a" log_level = "LOUD"',
      { path: 'server.log_level', message: 'must be one of DEBUG, INFO' },
    ],
    [
      'a string for a list',
      'trust_domain = "a" admin_ids = "x"',
      { path: 'server.admin_ids', message: 'must be a list of strings' },
    ],
    [
      'a refused element',
      'trust_domain = "a" admin_ids = ["x", ""]',
      { path: 'server.admin_ids[1]', message: 'must not be empty' },
    ],
    [
      'a scalar for a block',
      'trust_domain = "a" ca_subject = 5',
      { path: 'server.ca_subject', message: 'must be a block' },
    ],
    [
      'a block for a scalar',
      'trust_domain { x = 1 }',
      { path: 'server.trust_domain', message: 'must be a string' },
    ],
    [
      'a key twice',
      'trust_domain = "a"\ntrust_domain = "b"',
      { path: 'server.trust_domain', message: 'set twice, first on line 1' },
    ],
    [
      'a block twice',
      'trust_domain = "a" ca_subject {} ca_subject {}',
      { path: 'server.ca_subject', message: 'stands twice' },
    ],
    [
      'a label where none is',
      'trust_domain "x" { }',
      { path: 'server.trust_domain', message: 'takes no label' },
    ],
    [
      'a label twice',
      'trust_domain = "a" federates_with "b" {} federates_with "b" {}',
      { path: 'server.federates_with.b', message: 'stands twice' },
    ],
  ])('%s', (_name, text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  it('everything at once, in one error', () => {
    const problems: ConfigProblem[] = [];
    readSection(schema, parseHcl('bind_port = 0\ncolour = 1\n'), 'server', problems);
    const error = configError(problems, 'server.conf');
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.message).toBe(
      [
        'server.conf has 3 problems',
        '  server.conf:2:1: server.colour: unknown key',
        '  server.conf: server.trust_domain: is required',
        '  server.conf:1:1: server.bind_port: must be between 1 and 65535',
      ].join('\n'),
    );
    expect(error.details).toEqual({ problems });
  });
});

describe('a plugin that finds fault with its settings when it is made', () => {
  const failing = (error: Error) => ({ name: 'disk', create: () => Promise.reject(error) });
  const stanza = { path: 'plugins.KeyManager.disk', position: { line: 7, column: 3 } };
  const found = configError([{ path: 'keys_path', message: 'cannot be read' }]);

  it('names key, file and line', async () => {
    const error: unknown = await makePlugin({ factory: failing(found), data: {}, stanza }, {}).catch(
      (reason: unknown) => reason,
    );
    expect((namedByFile(error, 'server.conf') as Error).message).toBe(
      'server.conf:7:3: plugins.KeyManager.disk.plugin_data.keys_path: cannot be read',
    );
  });

  it.each([
    ['a plugin that is not configured', found, {}],
    ['another error', new Error('no disk'), { stanza }],
  ])('is left as it is: %s', async (_name, error, more) => {
    await expect(makePlugin({ factory: failing(error), data: {}, ...more }, {})).rejects.toBe(error);
    if (!(error instanceof ConfigError)) expect(namedByFile(error, 'server.conf')).toBe(error);
  });
});

describe('plugins', () => {
  function plugins(text: string) {
    const problems: ConfigProblem[] = [];
    const { plugins: stanzas } = readSection(
      { plugins: field.plugins({ doc }) },
      parseHcl(text),
      '',
      problems,
    );
    return { stanzas, problems: problems.map(({ path, message }) => `${path}: ${message}`) };
  }

  it('keep their order, their data and their switches', () => {
    const { stanzas, problems } = plugins(`plugins {
      NodeAttestor "x509pop" { plugin_data { ca_bundle_path = "/x" nested { a = 1 } } }
      KeyManager "disk" { enabled = false plugin_data_file = "/d" }
      NodeAttestor "join_token" { plugin_data {} }
      UpstreamAuthority "mine" { plugin_cmd = "/bin/x" plugin_args = ["-a"] plugin_checksum = "00" }
    }`);
    expect(problems).toEqual([]);
    expect(stanzas.map(({ type, name, enabled }) => [type, name, enabled])).toEqual([
      ['NodeAttestor', 'x509pop', true],
      ['KeyManager', 'disk', false],
      ['NodeAttestor', 'join_token', true],
      ['UpstreamAuthority', 'mine', true],
    ]);
    expect(JSON.parse(JSON.stringify(stanzas[0]?.data))).toEqual({ ca_bundle_path: '/x', nested: { a: 1 } });
    expect(stanzas[1]).toMatchObject({ dataFile: '/d', args: [], path: 'plugins.KeyManager.disk' });
    expect(stanzas[3]).toMatchObject({ command: '/bin/x', args: ['-a'], checksum: '00' });
  });

  it.each([
    ['objects', '{"plugins": {"KeyManager": {"disk": {"plugin_data": {"a": 1}}}}}'],
    ['lists', '{"plugins": [{"KeyManager": [{"disk": [{"plugin_data": [{"a": 1}]}]}]}]}'],
  ])('are read from JSON %s', (_name, text) => {
    const { stanzas, problems } = plugins(text);
    expect(problems).toEqual([]);
    expect(stanzas).toMatchObject([{ type: 'KeyManager', name: 'disk', data: { a: 1 } }]);
  });

  it.each([
    ['no block', '', 'plugins: is required'],
    ['a name twice', 'plugins { A "x" {} A "x" {} }', 'plugins.A.x: is declared twice'],
    ['no name', 'plugins { A = 1 }', 'plugins.A: must be a block with a name'],
    [
      'data twice',
      'plugins { A "x" { plugin_data {} plugin_data {} } }',
      'plugins.A.x.plugin_data: stands twice',
    ],
    [
      'data and a file',
      'plugins { A "x" { plugin_data {} plugin_data_file = "f" } }',
      'plugins.A.x: only one of plugin_data and plugin_data_file can be used',
    ],
    ['an unknown key', 'plugins { A "x" { plugin_date {} } }', 'plugins.A.x.plugin_date: unknown key'],
    [
      'enabled in quotes',
      'plugins { A "x" { enabled = "false" } }',
      'plugins.A.x.enabled: must be true or false, without quotes',
    ],
  ])('with %s are a problem', (_name, text, problem) => {
    expect(plugins(text).problems).toEqual([problem]);
  });
});

describe('describeSection', () => {
  it('lists all keys with their defaults', () => {
    const rows = describeSection(schema, 'server');
    expect(rows.find(({ path }) => path === 'server.ca_ttl')).toMatchObject({
      kind: 'duration',
      defaultText: '24h0m0s',
    });
    expect(rows.some(({ path }) => path === 'server.ca_subject.country')).toBe(true);
  });
});
