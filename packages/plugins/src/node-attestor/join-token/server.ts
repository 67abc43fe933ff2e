import {
  AttestationError,
  SpiffeIdError,
  agentIdFromPath,
  nowSeconds,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import { definePlugin } from '../../config/define-plugin.ts';
import type {
  NodeAttestation,
  ServerNodeAttestor,
  ServerNodeAttestorFactory,
  ServerPluginHost,
} from '../../kinds/node-attestor.ts';

const TYPE = 'join_token';
const MAX_TOKEN_BYTES = 1024;

/** Admits who holds a token that the server made; the token is used up by the attempt, whether or not it succeeds. */
export const joinTokenServerAttestor: ServerNodeAttestorFactory = definePlugin({
  kind: 'NodeAttestor',
  name: TYPE,
  settings: {},
  create: (_, host: ServerPluginHost) => Promise.resolve(new JoinTokenServerAttestor(host)),
});

class JoinTokenServerAttestor implements ServerNodeAttestor {
  readonly type: string = TYPE;
  readonly #host: ServerPluginHost;

  constructor(host: ServerPluginHost) {
    this.#host = host;
  }

  async attest(payload: Uint8Array): Promise<NodeAttestation> {
    const token = tokenIn(payload);
    const consumed = token === undefined ? undefined : await this.#host.joinTokens.consume(token);
    if (token === undefined || consumed === undefined) throw unknownToken();
    if (consumed.expiresAt < nowSeconds(this.#host.clock)) {
      throw new AttestationError('ERR_JOIN_TOKEN_EXPIRED', 'join token expired');
    }
    return { agentId: agentIdOf(token, this.#host.trustDomain), selectors: [], canReattest: false };
  }

  async close(): Promise<void> {}
}

/** The text; undefined for bytes that no token has. */
function tokenIn(payload: Uint8Array): string | undefined {
  if (payload.length > MAX_TOKEN_BYTES) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return undefined;
  }
}

function unknownToken(): AttestationError {
  return new AttestationError(
    'ERR_JOIN_TOKEN_UNKNOWN',
    'failed to attest: join token does not exist or has already been used',
  );
}

function agentIdOf(token: string, trustDomain: TrustDomain): SpiffeId {
  try {
    if (token.includes('/')) throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_CHARACTER', 'not one path segment');
    return agentIdFromPath(trustDomain, `/${TYPE}/${token}`);
  } catch {
    // No cause and no inner text: both may hold the token.
    throw new AttestationError('ERR_ATTESTATION_AGENT_ID', 'failed to create join token ID');
  }
}
