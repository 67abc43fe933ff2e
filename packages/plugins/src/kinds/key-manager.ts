import type { KeyObject } from 'node:crypto';
import type { KeyType } from '@signet/core';
import type { PluginFactory, PluginHost } from './plugin.ts';

/** A key pair that a key manager holds. The private half is used, never handed out as bytes. */
export interface ManagedKey {
  /** the slot, for example `x509-CA-A`; a new key in the slot is a new ManagedKey. */
  readonly id: string;
  readonly type: KeyType;
  /** SubjectPublicKeyInfo, DER. */
  readonly spkiDer: Uint8Array;
  /** Signs data with the hash of the key's size: DER ECDSA, or RSA PKCS #1 v1.5. */
  sign(data: Uint8Array): Promise<Uint8Array>;
  /** the private key when it lives in this process: lets signing workers and TLS use it directly. */
  readonly localKey?: KeyObject;
}

/** Makes, keeps and finds private keys by slot. Every implementation passes `describeKeyManager` of the test kit. */
export interface KeyManager {
  /**
   * Makes a key and puts it in the slot, durably, in place of what was there.
   *
   * Concurrent calls are carried out one after the other. On failure the slot is as before.
   *
   * @param id - the slot; 1 to 255 characters of printable ASCII.
   * @throws {PluginError} `ERR_INVALID_ARGUMENT` for a bad id, `ERR_KEY_MANAGER_STORAGE` when it could not be kept.
   */
  generateKey(id: string, type: KeyType): Promise<ManagedKey>;
  /** The key in the slot, or undefined. */
  getKey(id: string): Promise<ManagedKey | undefined>;
  /** All keys, ordered by id. */
  getKeys(): Promise<readonly ManagedKey[]>;
  /** Waits for work under way; later calls are refused. */
  close(): Promise<void>;
}

/** How key managers are made, on either side. */
export type KeyManagerFactory<Host extends PluginHost = PluginHost> = PluginFactory<
  'KeyManager',
  KeyManager,
  Host
>;
