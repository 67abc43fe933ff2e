import { randomUUID } from 'node:crypto';
import {
  agentIdFromPath,
  type Clock,
  nowSeconds,
  type RegistrationEntry,
  type Seconds,
  SignetError,
  type SpiffeId,
  SpiffeIdError,
  type TrustDomain,
  type UnixSeconds,
} from '@signet/core';
import { type NewEntry } from '../datastore/entry-store.ts';
import { type JoinTokenStore } from '../datastore/join-token-store.ts';
import { withPrefix } from '../error-text.ts';

/** Longest token, bytes; a token is one segment of the agent's ID. */
const MAX_TOKEN_BYTES = 255;
const SEGMENT_CHARACTERS =
  'path segment characters are limited to letters, numbers, dots, dashes, and underscores';

/** What an operator asks for. */
export interface CreateJoinTokenInput {
  readonly ttl: Seconds;
  /** '' lets the server choose a random one. */
  readonly token: string;
  /** A workload ID that the node gets as its alias. */
  readonly aliasId?: SpiffeId;
}

/** A token as it is handed out, once. */
export interface CreatedJoinToken {
  readonly token: string;
  readonly expiresAt: UnixSeconds;
}

/** The roles that creating a token involves. */
export interface CreateJoinTokenDeps {
  readonly trustDomain: TrustDomain;
  readonly joinTokens: Pick<JoinTokenStore, 'create'>;
  readonly clock: Clock;
}

/**
 * Creates a join token and, with an alias, the entry that gives the alias to the node; both or none.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` no TTL, token too long, or no segment of an ID; `ERR_INTERNAL` token in
 *   use, or no segment of an ID when there is an alias.
 * @spec spire-server-api §4 CreateJoinToken
 */
export async function createJoinToken(
  input: CreateJoinTokenInput,
  deps: CreateJoinTokenDeps,
): Promise<CreatedJoinToken> {
  if (input.ttl < 1) throw new SignetError('ERR_INVALID_ARGUMENT', 'ttl is required, you must provide one');
  if (Buffer.byteLength(input.token) > MAX_TOKEN_BYTES) {
    throw new SignetError(
      'ERR_INVALID_ARGUMENT',
      `token is too long, max length is ${MAX_TOKEN_BYTES} bytes`,
    );
  }
  const token = input.token === '' ? randomUUID() : input.token;
  const expiresAt = nowSeconds(deps.clock) + input.ttl;
  const nodeId = nodeIdOf(token, input, deps.trustDomain);
  try {
    const alias = input.aliasId && { aliasEntry: aliasEntry(nodeId, input.aliasId) };
    await deps.joinTokens.create({ token, expiresAt, ...alias });
  } catch (error) {
    throw withPrefix('failed to create token', asInternal(error));
  }
  return { token, expiresAt };
}

/** The ID that the node gets: the token is its last segment. */
function nodeIdOf(token: string, { aliasId }: CreateJoinTokenInput, trustDomain: TrustDomain): SpiffeId {
  try {
    if (token.includes('/')) throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_CHARACTER', SEGMENT_CHARACTERS);
    return agentIdFromPath(trustDomain, `/join_token/${token}`);
  } catch (error) {
    if (!(error instanceof SpiffeIdError)) throw error;
    const text = `failed to create join token ID: ${error.message}`;
    // SPIRE looks at it here only for the entry of an alias, and says INTERNAL then; else at the attestation, too late.
    throw aliasId === undefined
      ? new SignetError('ERR_INVALID_ARGUMENT', text, { cause: error })
      : new SignetError('ERR_INTERNAL', `failed to create join token registration entry: ${text}`, {
          cause: error,
        });
  }
}

// As SPIRE: a token that is in use is INTERNAL.
function asInternal(error: unknown): unknown {
  const isTaken = error instanceof SignetError && error.code === 'ERR_ALREADY_EXISTS';
  return isTaken ? new SignetError('ERR_INTERNAL', error.message, { cause: error }) : error;
}

function aliasEntry(nodeId: SpiffeId, aliasId: SpiffeId): NewEntry {
  return {
    ...plainEntry,
    parentId: nodeId,
    spiffeId: aliasId,
    selectors: [{ type: 'spiffe_id', value: nodeId.uri }],
  };
}

const plainEntry = {
  x509SvidTtl: 0,
  jwtSvidTtl: 0,
  federatesWith: [],
  admin: false,
  downstream: false,
  expiresAt: 0,
  dnsNames: [],
  storeSvid: false,
  hint: '',
  disableX509SvidPrefetch: false,
  jwtSvidIncludeJti: false,
} satisfies Partial<RegistrationEntry>;
