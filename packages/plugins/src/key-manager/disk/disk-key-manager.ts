import type { KeyManager } from '../../kinds/key-manager.ts';
import { loadKeys, saveKeys } from '../key-store.ts';
import { LocalKeyManager } from '../local-key-manager.ts';

/**
 * A key manager that keeps its keys in one private file.
 *
 * @throws {PluginError} `ERR_KEY_FILE_INSECURE`, `ERR_KEY_FILE_DAMAGED` or `ERR_KEY_MANAGER_STORAGE`: a file that
 *   is there but cannot be trusted or read is never taken for an empty one.
 */
export async function openDiskKeyManager(path: string): Promise<KeyManager> {
  return new LocalKeyManager(await loadKeys(path), (keys) => saveKeys(path, keys));
}
