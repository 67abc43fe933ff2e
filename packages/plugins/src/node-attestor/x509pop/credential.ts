import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AttestationError, decodePem, type Certificate } from '@signet/core';
import { fileReason } from '../../file-reason.ts';
import { parseNodeCertificate } from './node-certificate.ts';
import { possessionMethod } from './possession.ts';

/** What a node presents: its private key and its certificates. */
export interface Credential {
  readonly privateKey: KeyObject;
  /** leaf first, DER. */
  readonly chainDer: readonly Uint8Array[];
}

/** The files of a credential, all PEM, by their keys in `plugin_data`. */
export interface CredentialPaths {
  readonly private_key_path: string;
  /** the leaf, and intermediates if it has some. */
  readonly certificate_path: string;
  /** further intermediates; absent when there are none. */
  readonly intermediates_path?: string;
}

/** A file of the credential cannot be used; `key` says which. */
export class CredentialError extends AttestationError {
  readonly key: keyof CredentialPaths;

  constructor(key: keyof CredentialPaths, message: string, cause?: unknown) {
    super('ERR_ATTESTATION_FAILED', message, { cause });
    this.key = key;
  }
}

/**
 * Reads the credential.
 *
 * @throws {CredentialError} `ERR_ATTESTATION_FAILED` for the first file that cannot be used, or when key and
 *   certificate do not belong together.
 */
export async function readCredential(paths: CredentialPaths): Promise<Credential> {
  const chain = await certificatesIn('certificate_path', paths.certificate_path);
  const more =
    paths.intermediates_path === undefined
      ? []
      : await certificatesIn('intermediates_path', paths.intermediates_path);
  const privateKey = await privateKeyIn(paths.private_key_path);
  if (chain[0]?.publicKey.equals(createPublicKey(privateKey)) !== true) {
    throw new CredentialError('private_key_path', 'does not hold the key of the certificate');
  }
  return { privateKey, chainDer: [...chain, ...more].map(({ der }) => der) };
}

async function certificatesIn(key: keyof CredentialPaths, path: string): Promise<readonly Certificate[]> {
  const bytes = await contentOf(key, path);
  try {
    const certificates = decodePem(bytes.toString('latin1'), 'CERTIFICATE').map((der) =>
      parseNodeCertificate(der),
    );
    if (certificates.length > 0) return certificates;
  } catch (cause) {
    throw new CredentialError(key, 'does not hold certificates in PEM', cause);
  }
  throw new CredentialError(key, 'holds no certificate');
}

async function privateKeyIn(path: string): Promise<KeyObject> {
  const bytes = await contentOf('private_key_path', path);
  try {
    const key = createPrivateKey({ key: bytes, format: 'pem' });
    if (possessionMethod(key) !== undefined) return key;
  } catch {
    // No cause: a decoder's message may quote the file.
    throw new CredentialError('private_key_path', 'does not hold an unencrypted private key in PEM');
  } finally {
    bytes.fill(0);
  }
  throw new CredentialError('private_key_path', 'holds a key that is neither RSA nor EC');
}

async function contentOf(key: keyof CredentialPaths, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new CredentialError(key, `${path} cannot be read: ${fileReason(cause)}`, cause);
  }
}
