import { ConfigError } from '@signet/core';
import { describe, expect, it } from '@jest/globals';
import { commonConfigFlags, configSourceOf } from './config-flags.ts';
import { flag } from './flag.ts';
import { validateConfig } from './validate-config.ts';

const table = {
  ...commonConfigFlags({ configPath: 'conf/x.conf', trustDomain: 'Domain', socketPath: 'Socket' }),
  serverPort: flag.int('Port', 0, { configKey: 'bind_port' }),
};
const unset = Object.fromEntries(
  Object.entries(table).map(([name, { defaultValue }]) => [name, defaultValue]),
);

function overridesOf(given: Record<string, unknown>) {
  const flags = { ...unset, ...given } as never;
  return configSourceOf({ flags, env: {} }, table).overrides;
}

describe('flags override keys of the configuration', () => {
  it.each([
    ['a text', { dataDir: '/d' }, [{ flag: 'dataDir', key: 'data_dir', value: '/d' }]],
    ['a number', { serverPort: 1 }, [{ flag: 'serverPort', key: 'bind_port', value: 1 }]],
    [
      'a truth',
      { logSourceLocation: true },
      [{ flag: 'logSourceLocation', key: 'log_source_location', value: true }],
    ],
    ['nothing with an empty text, 0 or false', { dataDir: '', serverPort: 0, logSourceLocation: false }, []],
    ['nothing with what says how the file is read', { config: 'x', expandEnv: true }, []],
  ])('%s', (_name, given, expected) => {
    expect(overridesOf(given)).toEqual(expected);
  });
});

describe('validateConfig', () => {
  async function outcome(check: () => Promise<unknown>) {
    let [out, err] = ['', ''];
    const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
    return { code: await validateConfig('agent', io, 'a.conf', check), out, err };
  }

  it('says what is right and what is wrong', async () => {
    expect(await outcome(() => Promise.resolve())).toEqual({
      code: 0,
      out: 'SPIRE agent configuration file is valid.\n',
      err: '',
    });
    expect(await outcome(() => Promise.reject(new ConfigError('ERR_CONFIG_INVALID', 'a.conf: no')))).toEqual({
      code: 1,
      out: '',
      err: 'SPIRE agent configuration file is invalid.\na.conf: no\n',
    });
  });

  it('hands on what is a bug', async () => {
    await expect(outcome(() => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
  });
});
