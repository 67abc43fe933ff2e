import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@signet/core';
import { agentPlugins } from '../agent.ts';
import { serverPlugins } from '../server.ts';
import type { ConfigProblems } from '../kinds/plugin.ts';
import { testHost } from '../testdata/host.ts';
import { definePlugin } from './define-plugin.ts';
import { requiredString } from './setting.ts';

const factory = definePlugin({
  kind: 'KeyManager',
  name: 'disk',
  settings: { keys_path: requiredString() },
  rules: ({ keys_path: path }) =>
    path === '/' ? [{ path: 'keys_path', message: 'is the root folder' }] : [],
  create: ({ keys_path: path }) => Promise.resolve(path),
});

describe('definePlugin', () => {
  it('creates from a sound block', async () => {
    await expect(factory.create({ keys_path: '/k' }, testHost())).resolves.toBe('/k');
  });

  it('tells the keys it knows', () => {
    expect(factory.keys).toEqual(['keys_path']);
  });

  it('refuses with every problem in message and details', async () => {
    const error = await factory
      .create({ keys_pat: '', keys_path: '/' }, testHost())
      .catch((e: unknown) => e as ConfigError);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message:
        'KeyManager "disk": keys_pat is not a known key (did you mean keys_path?); keys_path is the root folder',
    });
    expect(((error as ConfigError).details as ConfigProblems).problems).toHaveLength(2);
  });

  it.each([
    ...serverPlugins.KeyManager,
    ...serverPlugins.NodeAttestor,
    ...agentPlugins.KeyManager,
    ...agentPlugins.NodeAttestor,
    ...agentPlugins.WorkloadAttestor,
  ])('built-in $kind $name knows no key that it does not know', (plugin) => {
    const problems = plugin.check({ no_such_key: 1 });
    expect(problems).toContainEqual(expect.objectContaining({ path: 'no_such_key' }));
  });
});
