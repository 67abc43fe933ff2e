import { randomBytes, type KeyObject } from 'node:crypto';
import { AttestationError } from '@signet/core';
import { configError, definePlugin } from '../../config/define-plugin.ts';
import { optionalString } from '../../config/setting.ts';
import type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  AgentPluginHost,
  NodeAttestationAttempt,
} from '../../kinds/node-attestor.ts';
import type { ConfigProblem } from '../../kinds/plugin.ts';
import { type Credential, CredentialError, readCredential, type CredentialPaths } from './credential.ts';
import { possessionMethod, provePossession } from './possession.ts';
import { credentialFromWorkloadApi } from './workload-api-credential.ts';
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
    if (values.spiffe_endpoint_socket) return endpointProblems(values.spiffe_endpoint_socket);
    return (['private_key_path', 'certificate_path'] as const)
      .filter((path) => path in values && !values[path])
      .map((path) => ({ path, message: 'is required' }));
  },
  create: async (values, host: AgentPluginHost) => {
    const { spiffe_endpoint_socket: endpoint } = values;
    // As in SPIRE, the files then do not count, and the other agent is asked when the node attests, not at the start.
    if (endpoint)
      return new X509popAgentAttestor((signal) => credentialFromWorkloadApi(endpoint, host, signal));
    const paths = {
      private_key_path: values.private_key_path ?? '',
      certificate_path: values.certificate_path ?? '',
      ...(values.intermediates_path?.trim() ? { intermediates_path: values.intermediates_path } : {}),
    };
    await requireReadable(paths);
    return new X509popAgentAttestor(() => readCredential(paths));
  },
});

function endpointProblems(endpoint: string): readonly ConfigProblem[] {
  return /^(?:unix|tcp):/i.test(endpoint)
    ? []
    : [{ path: 'spiffe_endpoint_socket', message: 'must be unix:///path or tcp://IP:port' }];
}

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
  readonly #credential: (signal: AbortSignal) => Promise<Credential>;

  constructor(credential: (signal: AbortSignal) => Promise<Credential>) {
    this.#credential = credential;
  }

  async begin({ signal }: { signal: AbortSignal }): Promise<NodeAttestationAttempt> {
    const { privateKey, chainDer } = await this.#credential(signal);
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
