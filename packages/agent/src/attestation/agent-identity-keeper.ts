import type { RenewAgentResponseOutput } from '@signet/api';
import { AgentError, type Bundle, nowSeconds, type UnixSeconds, type X509BundleSource } from '@signet/core';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { verifyServerByBundle } from '../server-api/server-verifier.ts';
import { type AgentData, NO_DATA, storeAgentData } from '../storage/agent-data.ts';
import { livedFromIssue, rotationDueAt, type RotationPolicy } from '../sync/rotation-plan.ts';
import type { AgentIdentity } from './agent-identity.ts';
import { generateAgentKey, requestFor } from './agent-key.ts';
import { checkIssuedIdentity } from './issued-identity.ts';
import { attestNode, type NodeAttestationDeps } from './node-attestation.ts';

/** What keeping the agent's identity needs. */
export interface IdentityKeeperDeps extends NodeAttestationDeps {
  readonly dataDir: string;
  readonly bundles: X509BundleSource;
  readonly rotation: RotationPolicy;
  /** a number in [0, 1). */
  readonly draw: () => number;
}

/**
 * The agent's own SVID over time: renewed or attested anew, and on disk before it is used.
 */
export class AgentIdentityKeeper {
  readonly #deps: IdentityKeeperDeps;
  readonly #bundleDer: () => readonly Uint8Array[];
  #identity: AgentIdentity;
  #rotateAt: UnixSeconds;
  #underWay: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  /** @param bundleDer - the X.509 authorities to keep for the next start. */
  constructor(identity: AgentIdentity, bundleDer: () => readonly Uint8Array[], deps: IdentityKeeperDeps) {
    this.#deps = deps;
    this.#bundleDer = bundleDer;
    this.#identity = identity;
    this.#rotateAt = this.#dueAt(identity);
  }

  get current(): AgentIdentity {
    return this.#identity;
  }

  isDue(): boolean {
    return this.#rotateAt <= nowSeconds(this.#deps.clock);
  }

  isExpired(): boolean {
    return this.#identity.leaf.notAfter <= nowSeconds(this.#deps.clock);
  }

  /** @returns what takes the listener away again. */
  onRotation(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Gets a new SVID: by attesting anew where the server allows it, else by renewing. Calls made meanwhile share the result.
   *
   * @throws {ServerCallError} when the server refuses or cannot be reached; the present SVID stays.
   */
  rotate(connection: ServerConnection, signal: AbortSignal): Promise<void> {
    return this.#once(() => (this.#identity.reattestable ? this.#reattest(signal) : this.#renew(connection)));
  }

  /** Attests anew. @throws {ServerCallError} when the server refuses or cannot be reached. */
  reattest(signal: AbortSignal): Promise<void> {
    return this.#once(() => this.#reattest(signal));
  }

  /** Writes the present bundle beside the SVID. */
  storeBundle(): Promise<void> {
    return this.#store({ svid: this.#identity.chainDer, reattestable: this.#identity.reattestable });
  }

  /** Deletes the stored SVID, so that the next start attests anew. */
  forget(): Promise<void> {
    return this.#store({ svid: NO_DATA.svid, reattestable: false });
  }

  #once(run: () => Promise<void>): Promise<void> {
    this.#underWay ??= run().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  async #reattest(signal: AbortSignal): Promise<void> {
    const { trustDomain, bundles, clock } = this.#deps;
    const verify = verifyServerByBundle(trustDomain, bundles, clock);
    const { identity } = await attestNode(this.#deps, verify, this.#identity.key, signal);
    await this.#replace(identity);
  }

  async #renew(connection: ServerConnection): Promise<void> {
    const key = await generateAgentKey(this.#deps.keyManager, this.#identity.key);
    const csr = await requestFor(key);
    const { svid } = await connection.use(({ agent }) =>
      callUnary<RenewAgentResponseOutput>('RenewAgent', this.#deps.clock, (options, done) =>
        agent.RenewAgent({ params: { csr } }, options, done),
      ),
    );
    if (svid === null) throw new AgentError('ERR_FAILED_PRECONDITION', 'the server sent no SVID');
    const { trustDomain, bundles, clock } = this.#deps;
    const check = { trustDomain, bundles, at: nowSeconds(clock) };
    await this.#replace(checkIssuedIdentity(svid.cert_chain, key, false, check));
  }

  async #replace(identity: AgentIdentity): Promise<void> {
    await this.#store({ svid: identity.chainDer, reattestable: identity.reattestable });
    this.#identity = identity;
    this.#rotateAt = this.#dueAt(identity);
    for (const listener of [...this.#listeners]) listener();
  }

  #dueAt(identity: AgentIdentity): UnixSeconds {
    return rotationDueAt(livedFromIssue(identity.leaf), this.#deps.draw(), this.#deps.rotation);
  }

  #store(data: Omit<AgentData, 'bundle'>): Promise<void> {
    const write = (): Promise<void> =>
      storeAgentData(this.#deps.dataDir, { ...data, bundle: this.#bundleDer() });
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }
}

/** A bundle that holds only these X.509 authorities: what is known before the server was asked. */
export function bundleOfAuthorities(
  trustDomain: Bundle['trustDomain'],
  authorities: readonly Uint8Array[],
): Bundle {
  return {
    trustDomain,
    x509Authorities: authorities.map((der) => ({ der, tainted: false })),
    jwtAuthorities: [],
    refreshHint: 0,
    sequenceNumber: 0n,
  };
}
