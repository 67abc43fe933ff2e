import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@signet/core';
import { definePlugin } from '../../config/define-plugin.ts';
import { requiredString } from '../../config/setting.ts';
import type { KeyManagerFactory } from '../../kinds/key-manager.ts';
import { openDiskKeyManager } from './disk-key-manager.ts';

const FILE_NAME = 'keys.json';

/** Keeps the agent's keys in `keys.json` of `directory`, which it makes when missing. */
export const diskKeyManager: KeyManagerFactory = definePlugin({
  kind: 'KeyManager',
  name: 'disk',
  settings: { directory: requiredString() },
  create: async ({ directory }) => {
    await mkdir(directory, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw new PluginError('ERR_KEY_MANAGER_STORAGE', `cannot make folder ${directory}`, { cause });
    });
    return await openDiskKeyManager(join(directory, FILE_NAME));
  },
});
