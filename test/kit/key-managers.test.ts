import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { KeyManager } from '@signet/plugins';
import { agentPlugins } from '@signet/plugins/agent';
import { serverPlugins } from '@signet/plugins/server';
import { describeKeyManager } from './key-manager-suite.ts';
import { pluginHost } from './plugin-host.ts';

const base = mkdtempSync(join(tmpdir(), 'signet-key-managers-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let count = 0;
const placeOf: Readonly<Record<string, (folder: string) => Record<string, string>>> = {
  'server disk': (folder) => ({ keys_path: `${folder}.json` }),
  'agent disk': (folder) => ({ directory: folder }),
};

for (const [side, plugins] of [
  ['server', serverPlugins],
  ['agent', agentPlugins],
] as const) {
  for (const factory of plugins.KeyManager) {
    const name = `${side} ${factory.name}`;
    const place = placeOf[name];
    const open = (): Promise<KeyManager> =>
      factory.create(place?.(join(base, `keys-${count}`)) ?? {}, pluginHost());
    const create = (): Promise<KeyManager> => {
      count++;
      return open();
    };
    describeKeyManager(name, place === undefined ? { create } : { create, reopen: open });
  }
}
