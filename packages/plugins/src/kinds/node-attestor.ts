import type { Selector, SpiffeId, UnixSeconds, X509Bundle, X509Svid } from '@signet/core';
import type { PluginFactory, PluginHost } from './plugin.ts';

/** What a server-side attestor may do and know while it talks to one agent. */
export interface AttestationContext {
  /** Sends a challenge and gives the agent's response; rejects when the stream ends first. */
  challenge(challenge: Uint8Array): Promise<Uint8Array>;
  /** aborted when the agent goes away or its time is over. */
  readonly signal: AbortSignal;
  /** address of the direct peer without port, when it came over IP. */
  readonly peerAddress?: string;
  /** Whether the server already knows the agent; first-use methods refuse a second attestation. */
  isAttested(agentId: SpiffeId): Promise<boolean>;
}

/** What attestation established. */
export interface NodeAttestation {
  /** always below `/spire/agent/`. */
  readonly agentId: SpiffeId;
  /** with their type, without duplicates. */
  readonly selectors: readonly Selector[];
  /** whether the same evidence may be presented again later instead of renewing. */
  readonly canReattest: boolean;
}

/** The server half: turns an agent's evidence into its identity, or refuses. */
export interface ServerNodeAttestor {
  /** the attestation type on the wire, which is the plugin's name. */
  readonly type: string;
  /**
   * Judges the evidence.
   *
   * @param payload - the agent's first message, untrusted, not empty.
   * @throws {AttestationError} `ERR_ATTESTATION_PAYLOAD`, `ERR_ATTESTATION_CHALLENGE`, `ERR_ATTESTATION_FAILED`,
   *   `ERR_ATTESTATION_AGENT_ID` or a code of the method's own, with a message that may be shown to the agent.
   */
  attest(payload: Uint8Array, context: AttestationContext): Promise<NodeAttestation>;
  close(): Promise<void>;
}

/** Where the server keeps its join tokens. */
export interface JoinTokenStore {
  /**
   * Takes the token out of the store, in one atomic step, and tells when it expires or expired.
   *
   * Of any number of callers with the same token exactly one gets an answer; a token that was found is gone
   * whatever happens next.
   */
  consume(token: string): Promise<{ readonly expiresAt: UnixSeconds } | undefined>;
}

/** What the server gives to its plugins. */
export interface ServerPluginHost extends PluginHost {
  readonly joinTokens: JoinTokenStore;
  /** The server's own X.509 authorities as they are now. */
  ownX509Bundle(): Promise<X509Bundle>;
}

/** One attempt of the agent to prove itself; used once. */
export interface NodeAttestationAttempt {
  /** the first message, not empty. */
  readonly payload: Uint8Array;
  /**
   * Answers one challenge of the server, in the order they come.
   *
   * @throws {AttestationError} `ERR_ATTESTATION_CHALLENGE` when the challenge cannot be answered.
   */
  respond(challenge: Uint8Array): Promise<Uint8Array>;
}

/** The agent half: gathers the node's evidence. */
export interface AgentNodeAttestor {
  /** the attestation type on the wire, which is the plugin's name. */
  readonly type: string;
  /**
   * Reads the evidence afresh and starts an attempt.
   *
   * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when there is no usable evidence.
   */
  begin(options: { readonly signal: AbortSignal }): Promise<NodeAttestationAttempt>;
  close(): Promise<void>;
}

/** Where the agent's join token comes from: `join_token` or `join_token_file` of the `agent` block. */
export type JoinTokenSource = { readonly token: string } | { readonly file: string };

/** What the agent gives to its plugins. */
export interface AgentPluginHost extends PluginHost {
  /** absent when neither key is set. */
  readonly joinToken?: JoinTokenSource;
  /**
   * The default X509-SVID that another agent's Workload API gives to this one, as a workload of its own.
   *
   * @param endpoint - `unix:///path` or `tcp://IP:port`.
   * @throws {SignetError} when the address is not usable, or the other agent does not give one.
   */
  fetchX509Svid(
    endpoint: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Pick<X509Svid, 'certificates' | 'privateKey'>>;
}

/** How server halves are made. */
export type ServerNodeAttestorFactory = PluginFactory<'NodeAttestor', ServerNodeAttestor, ServerPluginHost>;

/** How agent halves are made. */
export type AgentNodeAttestorFactory = PluginFactory<'NodeAttestor', AgentNodeAttestor, AgentPluginHost>;
