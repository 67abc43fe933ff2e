import type { MatchBehavior, Selector, SpiffeId, UnixSeconds } from '@signet/core';
import type { Page, PageRequest } from './page.ts';

/** A node that attested, as its agent's row says. */
export interface AttestedNode {
  readonly id: SpiffeId;
  readonly attestationType: string;
  /** Serial of the agent's current SVID, decimal; '' when banned. */
  readonly serialNumber: string;
  readonly expiresAt: UnixSeconds;
  /** Serial of a renewed SVID that was not used yet, decimal; '' when there is none. */
  readonly newSerialNumber: string;
  /** Expiry of the renewed SVID; 0 when there is none. */
  readonly newExpiresAt: UnixSeconds;
  readonly canReattest: boolean;
  /** '' until the agent has told. */
  readonly agentVersion: string;
  /** Node selectors; empty when a list was asked to leave them out. */
  readonly selectors: readonly Selector[];
}

/** The result of an attestation, to be remembered. */
export interface NewAttestation {
  readonly id: SpiffeId;
  readonly attestationType: string;
  readonly serialNumber: string;
  readonly expiresAt: UnixSeconds;
  readonly canReattest: boolean;
  readonly selectors: readonly Selector[];
}

/** Which agents a list or count covers; all that is present must hold. */
export interface AgentFilter {
  readonly attestationType?: string;
  readonly banned?: boolean;
  readonly canReattest?: boolean;
  readonly expiresBefore?: UnixSeconds;
  readonly selectors?: { readonly values: readonly Selector[]; readonly match: MatchBehavior };
}

/** Which expired agents to forget. */
export interface AgentPruning {
  readonly expiredBefore: UnixSeconds;
  /** Also those that attested by a first-use method and could not come back by themselves. */
  readonly includeNonReattestable: boolean;
  /** Most agents to remove in this call. */
  readonly limit: number;
}

/** Whether the agent's serial '' says it is banned. */
export function isBanned(node: AttestedNode): boolean {
  return node.serialNumber === '';
}

/** Attested nodes with their selectors. Every change is written together with its row in the change log. */
export interface AgentStore {
  /** The node, with its selectors. */
  get(id: SpiffeId): Promise<AttestedNode | undefined>;

  /**
   * Nodes that pass the filter, oldest first. Rows whose stored ID does not parse are left out.
   *
   * @throws {StoreError} `ERR_STORE_PAGE_TOKEN` the page token is not one of ours.
   * @throws {StoreError} `ERR_INTERNAL` a match against an empty set.
   */
  list(
    filter: AgentFilter,
    page: PageRequest,
    options: { readonly withSelectors: boolean },
  ): Promise<Page<AttestedNode>>;

  /** How many nodes pass the filter. */
  count(filter: AgentFilter): Promise<number>;

  /**
   * Remembers an attestation: node and selectors in one transaction.
   *
   * A known node gets the new serial, expiry, re-attestability and selectors and loses a pending renewal;
   * its attestation type and agent version stay. Selectors named twice are kept once.
   *
   * @throws {StoreError} `ERR_PERMISSION_DENIED` the node is banned (also when the ban came in between).
   */
  saveAttestation(attestation: NewAttestation): Promise<AttestedNode>;

  /**
   * Sets the pending renewal, replacing an earlier one.
   *
   * @throws {StoreError} `ERR_NOT_FOUND`; `ERR_PERMISSION_DENIED` banned.
   */
  renew(
    id: SpiffeId,
    renewal: { readonly serialNumber: string; readonly expiresAt: UnixSeconds },
  ): Promise<void>;

  /**
   * Makes the pending renewal current if it has this serial.
   *
   * @returns whether that serial is the node's current one now (also if another call was faster).
   */
  activateNewSerial(id: SpiffeId, serialNumber: string): Promise<boolean>;

  /** Bans the node: both serials become ''. Whether it exists. */
  ban(id: SpiffeId): Promise<boolean>;

  /**
   * Forgets the node, its selectors and, if it attested by join token, the alias entries made for that token.
   * Whether it existed.
   */
  delete(id: SpiffeId): Promise<boolean>;

  /** Remembers the version that the agent told; '' is ignored. Whether the node exists. */
  setAgentVersion(id: SpiffeId, version: string): Promise<boolean>;

  /** Forgets nodes whose SVID expired, never banned ones; how many. */
  pruneExpired(pruning: AgentPruning): Promise<number>;
}
