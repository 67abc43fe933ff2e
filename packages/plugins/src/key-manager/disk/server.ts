import { definePlugin } from '../../config/define-plugin.ts';
import { requiredString } from '../../config/setting.ts';
import type { KeyManagerFactory } from '../../kinds/key-manager.ts';
import { openDiskKeyManager } from './disk-key-manager.ts';

/** Keeps the server's keys in the file `keys_path`, readable by a SPIRE server too. */
export const diskKeyManager: KeyManagerFactory = definePlugin({
  kind: 'KeyManager',
  name: 'disk',
  settings: { keys_path: requiredString() },
  create: ({ keys_path: path }) => openDiskKeyManager(path),
});
