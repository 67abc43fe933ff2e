import type { CallCounter, Metrics } from '@signet/daemon';
import type { KeyManager } from '@signet/plugins';

/** The key manager, with its calls counted and timed under SPIRE's names. */
export function countedKeyManager(keyManager: KeyManager, metrics: Metrics): KeyManager {
  const counter = (name: string): CallCounter => metrics.callCounter(['agent_key_manager', name]);
  const [generateKey, getKey, getKeys] = [counter('generate_key'), counter('get_key'), counter('get_keys')];
  return {
    generateKey: (id, type) => counted(generateKey, () => keyManager.generateKey(id, type)),
    getKey: (id) => counted(getKey, () => keyManager.getKey(id)),
    getKeys: () => counted(getKeys, () => keyManager.getKeys()),
    close: () => keyManager.close(),
  };
}

async function counted<T>(counter: CallCounter, call: () => Promise<T>): Promise<T> {
  const end = counter.start();
  try {
    const result = await call();
    end(0);
    return result;
  } catch (error) {
    end(2);
    throw error;
  }
}
