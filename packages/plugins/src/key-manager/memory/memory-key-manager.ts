import { definePlugin } from '../../config/define-plugin.ts';
import type { KeyManagerFactory } from '../../kinds/key-manager.ts';
import { LocalKeyManager } from '../local-key-manager.ts';

/** Keeps keys in memory only: a restart starts without any. The same on server and agent. */
export const memoryKeyManager: KeyManagerFactory = definePlugin({
  kind: 'KeyManager',
  name: 'memory',
  settings: {},
  create: () => Promise.resolve(new LocalKeyManager(new Map(), () => Promise.resolve())),
});
