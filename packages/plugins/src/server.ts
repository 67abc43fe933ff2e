import { x509popServerAttestor } from './node-attestor/x509pop/server.ts';
import { joinTokenServerAttestor } from './node-attestor/join-token/server.ts';
import { diskKeyManager } from './key-manager/disk/server.ts';
import { memoryKeyManager } from './key-manager/memory/memory-key-manager.ts';
import type { KeyManagerFactory } from './kinds/key-manager.ts';
import type { ServerNodeAttestorFactory } from './kinds/node-attestor.ts';

/** The server's built-in plugins by kind, as the `plugins` block names them. */
export interface ServerPlugins {
  readonly KeyManager: readonly KeyManagerFactory[];
  readonly NodeAttestor: readonly ServerNodeAttestorFactory[];
}

/** All built-in plugins of the server. */
export const serverPlugins: ServerPlugins = {
  KeyManager: [diskKeyManager, memoryKeyManager],
  NodeAttestor: [joinTokenServerAttestor, x509popServerAttestor],
};

export type { KeyManager, KeyManagerFactory, ManagedKey } from './kinds/key-manager.ts';
export type {
  AttestationContext,
  JoinTokenStore,
  NodeAttestation,
  ServerNodeAttestor,
  ServerNodeAttestorFactory,
  ServerPluginHost,
} from './kinds/node-attestor.ts';
