import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AttestationError, decodePem, parseCertificate, type Certificate } from '@signet/core';
import { configError, definePlugin } from '../../config/define-plugin.ts';
import { optionalString } from '../../config/setting.ts';
import type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  NodeAttestationAttempt,
} from '../../kinds/node-attestor.ts';
import type { ConfigProblem } from '../../kinds/plugin.ts';
import { possessionMethod, provePossession } from './possession.ts';
import { NONCE_BYTES, decodeChallenge, encodeCertificates, encodeResponse } from './wire.ts';

const TYPE = 'x509pop';

/** Presents the node's certificate and shows, by signature, that it has the key. */
export const x509popAgentAttestor: AgentNodeAttestorFactory = definePlugin({
  kind: 'NodeAttestor',
  name: TYPE,
  settings: {
    private_key_path: optionalString(),
    certificate_path: optionalString(),
    intermediates_path: optionalString(),
    spiffe_endpoint_socket: optionalString(),
  },
  rules: (values): readonly ConfigProblem[] => {
    if (values.spiffe_endpoint_socket)
      return [{ path: 'spiffe_endpoint_socket', message: 'is not supported yet' }];
    return (['private_key_path', 'certificate_path'] as const)
      .filter((path) => path in values && !values[path])
      .map((path) => ({ path, message: 'is required' }));
  },
  create: async (values) => {
    const paths: CredentialPaths = {
      key: values.private_key_path ?? '',
      certificate: values.certificate_path ?? '',
      ...(values.intermediates_path?.trim() ? { intermediates: values.intermediates_path } : {}),
    };
    // Read now only to refuse at the start what could not be presented later.
    await loadCredential(paths).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : 'cannot be used';
      throw configError('NodeAttestor', TYPE, [{ path: 'certificate_path', message }], cause);
    });
    return new X509popAgentAttestor(paths);
  },
});

interface CredentialPaths {
  readonly key: string;
  readonly certificate: string;
  readonly intermediates?: string;
}

interface Credential {
  readonly privateKey: KeyObject;
  /** leaf first, DER. */
  readonly chainDer: readonly Uint8Array[];
}

class X509popAgentAttestor implements AgentNodeAttestor {
  readonly type: string = TYPE;
  readonly #paths: CredentialPaths;

  constructor(paths: CredentialPaths) {
    this.#paths = paths;
  }

  async begin({ signal }: { signal: AbortSignal }): Promise<NodeAttestationAttempt> {
    const { privateKey, chainDer } = await loadCredential(this.#paths);
    signal.throwIfAborted();
    let answered = false;
    return {
      payload: encodeCertificates(chainDer),
      respond: async (challenge) => {
        if (answered) throw refusedChallenge('the server sent more than one challenge');
        answered = true;
        return await respond(privateKey, challenge);
      },
    };
  }

  async close(): Promise<void> {}
}

async function respond(privateKey: KeyObject, challengeBytes: Uint8Array): Promise<Uint8Array> {
  const challenge = decoded(challengeBytes);
  if (challenge.method !== possessionMethod(privateKey)) {
    throw refusedChallenge("the server's challenge is for another kind of key");
  }
  const nonce = randomBytes(NONCE_BYTES);
  return encodeResponse(await provePossession(privateKey, challenge.method, challenge.nonce, nonce));
}

function decoded(challenge: Uint8Array): ReturnType<typeof decodeChallenge> {
  try {
    return decodeChallenge(challenge);
  } catch (cause) {
    throw refusedChallenge("the server's challenge is malformed", cause);
  }
}

function refusedChallenge(message: string, cause?: unknown): AttestationError {
  return new AttestationError('ERR_ATTESTATION_CHALLENGE', message, { cause });
}

async function loadCredential(paths: CredentialPaths): Promise<Credential> {
  const chain = await certificatesIn(paths.certificate);
  const intermediates = paths.intermediates === undefined ? [] : await certificatesIn(paths.intermediates);
  const privateKey = await privateKeyIn(paths.key);
  const leaf = chain[0];
  if (leaf === undefined || !createPublicKey(privateKey).equals(leaf.publicKey)) {
    throw unusable(`${paths.key} is not the key of the certificate in ${paths.certificate}`);
  }
  if (possessionMethod(privateKey) === undefined) throw unusable(`${paths.key} is not an RSA or EC key`);
  return { privateKey, chainDer: [...chain, ...intermediates].map(({ der }) => der) };
}

async function certificatesIn(path: string): Promise<readonly Certificate[]> {
  const bytes = await contentOf(path);
  try {
    const certificates = decodePem(bytes.toString('latin1'), 'CERTIFICATE').map((der) =>
      parseCertificate(der),
    );
    if (certificates.length > 0) return certificates;
  } catch (cause) {
    throw unusable(`${path} does not hold certificates in PEM`, cause);
  }
  throw unusable(`${path} holds no certificate`);
}

async function privateKeyIn(path: string): Promise<KeyObject> {
  const bytes = await contentOf(path);
  try {
    return createPrivateKey({ key: bytes, format: 'pem' });
  } catch {
    // No cause: a decoder's message may quote the file.
    throw unusable(`${path} does not hold an unencrypted private key in PEM`);
  } finally {
    bytes.fill(0);
  }
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unusable(`${path} cannot be read`, cause);
  }
}

function unusable(message: string, cause?: unknown): AttestationError {
  return new AttestationError('ERR_ATTESTATION_FAILED', message, { cause });
}
