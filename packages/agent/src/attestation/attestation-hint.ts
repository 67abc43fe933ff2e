import { status } from '@grpc/grpc-js';
import { AgentError, ConfigError, type TrustDomain } from '@signet/core';
import { hasStatus } from '../server-api/server-call-error.ts';
import type { ServerAddress } from '../server-api/server-channel.ts';

/** What is known of a failed node attestation. */
export interface AttestationFailure {
  readonly error: unknown;
  /** attestation type, `join_token`. */
  readonly attestor: string;
  readonly address: ServerAddress;
  /** what the server was verified by, for people; undefined when no server was found wanting. */
  readonly distrustedBy?: string | undefined;
  /** what the server was verified by is what the agent kept from an earlier run. */
  readonly isKeptBundle?: boolean;
  /** the trust domain that the certificate of that server names, when it is not the agent's. */
  readonly strangeDomain?: TrustDomain | undefined;
}

/** Whether the failure will be the same each time: a refusal, or a fault of the configuration. */
export function isFinalFailure(error: unknown): boolean {
  const root = error instanceof AgentError && error.cause instanceof AgentError ? error.cause : error;
  return root instanceof ConfigError || hasStatus(root, status.PERMISSION_DENIED);
}

/** What an operator can do about a failed node attestation; undefined when the error says all. */
export function attestationHint(failure: AttestationFailure): string | undefined {
  const { error, attestor, address, distrustedBy, isKeptBundle, strangeDomain } = failure;
  const server = `${address.host}:${address.port}`;
  if (strangeDomain !== undefined) {
    return `${server} says that it is the server of trust domain "${strangeDomain.name}", which is not the trust_domain of this agent: is one of the two misspelt, or is this the address of another server?`;
  }
  if (distrustedBy !== undefined) {
    const kept =
      '; if the server was set up anew, stop the agent, delete agent-data.json there, and give it the new bundle';
    return `${server} shows a certificate that ${distrustedBy} does not vouch for: compare with "signet-server bundle show"${isKeptBundle === true ? kept : ''}`;
  }
  if (hasStatus(error, status.UNAVAILABLE)) {
    return `is the server running, and is ${server} its address (server_address, server_port)?`;
  }
  if (attestor === 'join_token' && hasStatus(error, status.INVALID_ARGUMENT)) {
    return 'a join token serves once, within its lifetime: make another with "signet-server token generate"';
  }
  if (hasStatus(error, status.PERMISSION_DENIED)) {
    return 'the server refuses this node: "signet-server agent show" tells whether it is banned, "agent evict" lets it in again';
  }
  return undefined;
}
