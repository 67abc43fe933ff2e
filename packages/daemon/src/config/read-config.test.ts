import { describe, expect, it } from '@jest/globals';
import { configProblems } from './config-problem.ts';
import type { ConfigOverride } from './config-override.ts';
import { field } from './field.ts';
import { readConfig, type ConfigShape, type ReadConfigOptions } from './read-config.ts';

const doc = '';
const schema = {
  server: field.sectionOrDefaults({
    doc,
    fields: {
      trust_domain: field.trustDomain({ doc, required: true }),
      bind_port: field.integer({ doc, default: 8081, max: 65_535 }),
      audit: field.boolean({ doc, default: false }),
    },
  }),
};
const shape: ConfigShape<typeof schema, { domain: string; port: number; audit: boolean }> = {
  block: 'server',
  schema,
  assemble: ({ server }) => ({
    domain: server.trust_domain.name,
    port: server.bind_port,
    audit: server.audit,
  }),
};

const port = (value: number): ConfigOverride => ({ flag: 'serverPort', key: 'bind_port', value });
const domain: ConfigOverride = { flag: 'trustDomain', key: 'trust_domain', value: 'other.org' };
const audit: ConfigOverride = { flag: 'audit', key: 'audit', value: true };

function read(text: string, options: ReadConfigOptions = {}) {
  return readConfig(text, shape, options);
}

function failure(text: string, options: ReadConfigOptions = {}): { code: unknown; message: string } {
  try {
    read(text, options);
  } catch (error) {
    return { code: (error as { code: unknown }).code, message: (error as Error).message };
  }
  throw new Error('it was accepted');
}

describe('values of the command line take the place of', () => {
  it.each([
    ['those of the file', 'server { trust_domain = "a" Bind_Port = 1 }', 'a', 2],
    ['what the file does not say', 'server { trust_domain = "a" }', 'a', 2],
    ['those of JSON', '{"server": {"trust_domain": "a", "bind_port": 1}}', 'a', 2],
    ['those of JSON with lists', '{"server": [{"trust_domain": "a", "bind_port": 1}]}', 'a', 2],
  ])('%s', (_name, text, expectedDomain, expectedPort) => {
    expect(read(text, { overrides: [port(2)] })).toMatchObject({
      domain: expectedDomain,
      port: expectedPort,
    });
  });

  it('a block that is not there', () => {
    expect(read('', { overrides: [domain, audit] })).toEqual({
      domain: 'other.org',
      port: 8081,
      audit: true,
    });
  });

  it('nothing when there are none', () => {
    expect(read('server { trust_domain = "a" }')).toEqual({ domain: 'a', port: 8081, audit: false });
  });
});

describe('what is wrong is told with', () => {
  it.each([
    [
      'the flag that said it',
      'server { trust_domain = "a" }',
      { source: 'server.conf', overrides: [port(70_000)] },
      'ERR_CONFIG_INVALID',
      'flag -serverPort: server.bind_port: must be at most 65535',
    ],
    [
      'file, line and column',
      'server {\n  trust_domain = "a"\n  bind_prot = 1\n}',
      { source: 'conf/server.conf' },
      'ERR_CONFIG_INVALID',
      'conf/server.conf:3:3: server.bind_prot: unknown key; did you mean "bind_port"?',
    ],
    [
      'file, line and column of broken HCL',
      'server {\n  trust_domain "a" =\n}',
      { source: 'conf/server.conf' },
      'ERR_CONFIG_SYNTAX',
      'conf/server.conf:2:20: expected "=" or "{" after the key',
    ],
    [
      'file, line and column of broken JSON',
      '{"server": {\n"a": 1,}}',
      { source: 'server.json' },
      'ERR_CONFIG_SYNTAX',
      'server.json:2:8: ',
    ],
    [
      'the key of a trust domain that is none',
      'server { trust_domain = "no way" }',
      { source: 's' },
      'ERR_CONFIG_INVALID',
      's:1:10: server.trust_domain: is not a trust domain: ',
    ],
    [
      'the key of an empty trust domain',
      'server { trust_domain = "" }',
      { source: 's' },
      'ERR_CONFIG_INVALID',
      's:1:10: server.trust_domain: is required',
    ],
  ])('%s', (_name, text, options, code, message) => {
    const got = failure(text, options);
    expect(got.code).toBe(code);
    expect(got.message).toContain(message);
  });

  it('the variables that may have been meant to be expanded', () => {
    const text = 'server {\n  trust_domain = "${TD}"\n}';
    expect(failure(text, { source: 's' }).message).toContain(
      's: ${TD}: is taken as it stands; -expandEnv replaces variables',
    );
    expect(failure(text, { source: 's', env: {} }).message).not.toContain('-expandEnv');
    expect(read('server { trust_domain = "a" }\n# costs $HOME').domain).toBe('a');
  });

  it('none behind other errors', () => {
    expect(configProblems(new Error('x'))).toEqual([]);
  });
});
