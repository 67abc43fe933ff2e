import {
  activateNewSerial,
  banAgent,
  deleteAgent,
  pruneExpiredAgents,
  renewAgent,
  saveAttestation,
  setAgentVersion,
} from './agent-writes.ts';
import { countAgents, getAgent, listAgents } from './agent-reads.ts';
import {
  appendBundle,
  countBundles,
  createBundle,
  deleteBundle,
  getBundle,
  listBundles,
  pruneBundle,
  revokeJwtAuthority,
  revokeX509Authority,
  setBundle,
  taintJwtAuthority,
  taintX509Authority,
  updateBundle,
} from './bundle-operations.ts';
import { loadCaJournal, pruneCaJournals, saveCaJournal } from './ca-journal-operations.ts';
import { changesSince, latestChange, pruneChanges } from './change-operations.ts';
import { countEntries, getEntry, listEntries } from './entry-reads.ts';
import { createEntries, deleteEntries, pruneExpiredEntries, updateEntries } from './entry-writes.ts';
import { consumeJoinToken, createJoinToken, pruneJoinTokens } from './join-token-operations.ts';
import type { Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

/** Every operation that only reads, by name. */
export const readOperations = {
  'entries.get': getEntry,
  'entries.list': listEntries,
  'entries.count': countEntries,
  'agents.get': getAgent,
  'agents.list': listAgents,
  'agents.count': countAgents,
  'bundles.get': getBundle,
  'bundles.list': listBundles,
  'bundles.count': countBundles,
  'caJournals.load': loadCaJournal,
  'changes.latest': latestChange,
  'changes.since': changesSince,
} as const satisfies Readonly<Record<string, (input: never) => Steps<unknown>>>;

/** Every operation that writes, by name; each is one transaction. */
export const writeOperations = {
  'entries.create': createEntries,
  'entries.update': updateEntries,
  'entries.delete': deleteEntries,
  'entries.pruneExpired': pruneExpiredEntries,
  'agents.saveAttestation': saveAttestation,
  'agents.renew': renewAgent,
  'agents.activateNewSerial': activateNewSerial,
  'agents.ban': banAgent,
  'agents.delete': deleteAgent,
  'agents.setAgentVersion': setAgentVersion,
  'agents.pruneExpired': pruneExpiredAgents,
  'joinTokens.create': createJoinToken,
  'joinTokens.consume': consumeJoinToken,
  'joinTokens.pruneExpired': pruneJoinTokens,
  'bundles.create': createBundle,
  'bundles.update': updateBundle,
  'bundles.set': setBundle,
  'bundles.delete': deleteBundle,
  'bundles.append': appendBundle,
  'bundles.prune': pruneBundle,
  'bundles.taintX509Authority': taintX509Authority,
  'bundles.revokeX509Authority': revokeX509Authority,
  'bundles.taintJwtAuthority': taintJwtAuthority,
  'bundles.revokeJwtAuthority': revokeJwtAuthority,
  'caJournals.save': saveCaJournal,
  'caJournals.prune': pruneCaJournals,
  'changes.prune': pruneChanges,
} as const satisfies Readonly<Record<string, (input: never, context: WriteContext) => Steps<unknown>>>;

type ReadOperations = typeof readOperations;
type WriteOperations = typeof writeOperations;
type Operations = ReadOperations & WriteOperations;

export type ReadName = keyof ReadOperations;
export type WriteName = keyof WriteOperations;
export type OperationName = keyof Operations;

/** What the operation is asked, as plain data. */
export type OperationInput<Name extends OperationName> =
  Parameters<Operations[Name]> extends [infer Input, ...unknown[]] ? Input : undefined;

/** What the operation answers, as plain data. */
export type OperationOutput<Name extends OperationName> =
  ReturnType<Operations[Name]> extends Steps<infer Output> ? Output : never;

/** Runs operations by name, wherever the database is. */
export interface OperationCaller {
  /** @throws {StoreError} the operation's refusal, or `ERR_STORE_*`. */
  call<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>>;
}
