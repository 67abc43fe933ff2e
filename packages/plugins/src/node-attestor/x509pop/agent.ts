import { randomBytes, type KeyObject } from 'node:crypto';
import { AttestationError } from '@signet/core';
import { configError, definePlugin } from '../../config/define-plugin.ts';
import { optionalString } from '../../config/setting.ts';
import type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  NodeAttestationAttempt,
} from '../../kinds/node-attestor.ts';
import type { ConfigProblem } from '../../kinds/plugin.ts';
import { CredentialError, readCredential, type CredentialPaths } from './credential.ts';
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
    const paths = {
      private_key_path: values.private_key_path ?? '',
      certificate_path: values.certificate_path ?? '',
      ...(values.intermediates_path?.trim() ? { intermediates_path: values.intermediates_path } : {}),
    };
    await requireReadable(paths);
    return new X509popAgentAttestor(paths);
  },
});

/** Refuses at the start what could not be presented later. */
async function requireReadable(paths: CredentialPaths): Promise<void> {
  try {
    await readCredential(paths);
  } catch (cause) {
    if (!(cause instanceof CredentialError)) throw cause;
    throw configError('NodeAttestor', TYPE, [{ path: cause.key, message: cause.message }], cause);
  }
}

class X509popAgentAttestor implements AgentNodeAttestor {
  readonly type: string = TYPE;
  readonly #paths: CredentialPaths;

  constructor(paths: CredentialPaths) {
    this.#paths = paths;
  }

  async begin({ signal }: { signal: AbortSignal }): Promise<NodeAttestationAttempt> {
    const { privateKey, chainDer } = await readCredential(this.#paths);
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
