import { open } from 'node:fs/promises';
import { AttestationError, ConfigError } from '@signet/core';
import { definePlugin } from '../../config/define-plugin.ts';
import { fileReason } from '../../file-reason.ts';
import type {
  AgentNodeAttestor,
  AgentNodeAttestorFactory,
  AgentPluginHost,
  JoinTokenSource,
  NodeAttestationAttempt,
} from '../../kinds/node-attestor.ts';

const TYPE = 'join_token';
const MAX_TOKEN_BYTES = 1024;

/** Presents the agent's join token, read anew for each attempt. */
export const joinTokenAgentAttestor: AgentNodeAttestorFactory = definePlugin({
  kind: 'NodeAttestor',
  name: TYPE,
  settings: {},
  create: (_, host: AgentPluginHost) => Promise.resolve(new JoinTokenAgentAttestor(host.joinToken)),
});

class JoinTokenAgentAttestor implements AgentNodeAttestor {
  readonly type: string = TYPE;
  readonly #source: JoinTokenSource | undefined;

  constructor(source: JoinTokenSource | undefined) {
    this.#source = source;
  }

  async begin(): Promise<NodeAttestationAttempt> {
    const payload = await tokenFrom(this.#source);
    return { payload, respond: refuseChallenge };
  }

  async close(): Promise<void> {}
}

async function tokenFrom(source: JoinTokenSource | undefined): Promise<Uint8Array> {
  if (source === undefined) {
    throw noToken('there is no join token: make one with "signet-server token generate", and give it with');
  }
  const token = 'token' in source ? source.token : await readToken(source.file);
  if (token === '') throw noToken('the join token is empty: see');
  return Buffer.from(token);
}

async function readToken(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(MAX_TOKEN_BYTES + 1),
        0,
        MAX_TOKEN_BYTES + 1,
        0,
      );
      if (bytesRead > MAX_TOKEN_BYTES) throw noToken(`join_token_file ${path} is too large for a token: see`);
      return buffer.toString('utf8', 0, bytesRead).trim();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const reason = fileReason(cause);
    throw new ConfigError('ERR_CONFIG_FILE', `join_token_file ${path} cannot be read: ${reason}`, { cause });
  }
}

/** Nothing to wait for: only another start, with a token, can mend it. */
function noToken(problem: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', `${problem} -joinTokenFile or -joinToken`);
}

function refuseChallenge(): Promise<never> {
  return Promise.reject(
    new AttestationError('ERR_ATTESTATION_CHALLENGE', 'the server sent a challenge for a join token'),
  );
}
