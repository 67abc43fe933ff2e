import { StoreError } from '@signet/core';
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
import { changesSince, latestChange, newestChanges, pruneChanges } from './change-operations.ts';
import { countEntries, expiredEntries, getEntry, listEntries } from './entry-reads.ts';
import { createEntries, deleteEntries, deleteExpiredEntries, updateEntries } from './entry-writes.ts';
import { consumeJoinToken, createJoinToken, pruneJoinTokens } from './join-token-operations.ts';
import { findLedgerRows, latestLedgerPosition, ledgerJournals } from './ledger-reads.ts';
import { appendToLedger, forgetLedgerJournal, pruneLedger } from './ledger-writes.ts';
import { listRevocations } from './revocation-reads.ts';
import { revokedPortion } from './revoked-credentials.ts';
import { pruneRevocations, raiseRevocationSequence, restoreRevocations } from './revocation-restore.ts';
import { latestRevocation } from './revocation-sequence.ts';
import { revoke } from './revoke-order.ts';
import type { Steps } from './steps.ts';
import { endTasks } from './task-ends.ts';
import { setTaskPolicy } from './task-policy-writes.ts';
import { activeTasks, getTask, getTaskPolicy, listTaskPolicies, listTasks } from './task-reads.ts';
import { beginTask } from './task-begin.ts';
import { createTaskEntry } from './task-entries.ts';
import { takeIssue } from './task-issues.ts';
import { pruneTasks } from './task-pruning.ts';
import type { WriteContext } from './write-context.ts';

/** Every operation that only reads, by name. */
export interface ReadOperations {
  readonly 'entries.get': typeof getEntry;
  readonly 'entries.list': typeof listEntries;
  readonly 'entries.count': typeof countEntries;
  readonly 'entries.expired': typeof expiredEntries;
  readonly 'agents.get': typeof getAgent;
  readonly 'agents.list': typeof listAgents;
  readonly 'agents.count': typeof countAgents;
  readonly 'bundles.get': typeof getBundle;
  readonly 'bundles.list': typeof listBundles;
  readonly 'bundles.count': typeof countBundles;
  readonly 'caJournals.load': typeof loadCaJournal;
  readonly 'changes.latest': typeof latestChange;
  readonly 'changes.since': typeof changesSince;
  readonly 'changes.newest': typeof newestChanges;
  readonly 'ledger.find': typeof findLedgerRows;
  readonly 'ledger.journals': typeof ledgerJournals;
  readonly 'ledger.latest': typeof latestLedgerPosition;
  readonly 'revocations.list': typeof listRevocations;
  readonly 'revocations.latest': typeof latestRevocation;
  readonly 'revocations.revokedPortion': typeof revokedPortion;
  readonly 'tasks.get': typeof getTask;
  readonly 'tasks.list': typeof listTasks;
  readonly 'tasks.active': typeof activeTasks;
  readonly 'tasks.policy': typeof getTaskPolicy;
  readonly 'tasks.policies': typeof listTaskPolicies;
}

/** The operations of {@link ReadOperations}. */
const readOperations: ReadOperations = {
  'entries.get': getEntry,
  'entries.list': listEntries,
  'entries.count': countEntries,
  'entries.expired': expiredEntries,
  'agents.get': getAgent,
  'agents.list': listAgents,
  'agents.count': countAgents,
  'bundles.get': getBundle,
  'bundles.list': listBundles,
  'bundles.count': countBundles,
  'caJournals.load': loadCaJournal,
  'changes.latest': latestChange,
  'changes.since': changesSince,
  'changes.newest': newestChanges,
  'ledger.find': findLedgerRows,
  'ledger.journals': ledgerJournals,
  'ledger.latest': latestLedgerPosition,
  'revocations.list': listRevocations,
  'revocations.latest': latestRevocation,
  'revocations.revokedPortion': revokedPortion,
  'tasks.get': getTask,
  'tasks.list': listTasks,
  'tasks.active': activeTasks,
  'tasks.policy': getTaskPolicy,
  'tasks.policies': listTaskPolicies,
};

/** Every operation that writes, by name; each is one transaction. */
export interface WriteOperations {
  readonly 'entries.create': typeof createEntries;
  readonly 'entries.update': typeof updateEntries;
  readonly 'entries.delete': typeof deleteEntries;
  readonly 'entries.deleteExpired': typeof deleteExpiredEntries;
  readonly 'agents.saveAttestation': typeof saveAttestation;
  readonly 'agents.renew': typeof renewAgent;
  readonly 'agents.activateNewSerial': typeof activateNewSerial;
  readonly 'agents.ban': typeof banAgent;
  readonly 'agents.delete': typeof deleteAgent;
  readonly 'agents.setAgentVersion': typeof setAgentVersion;
  readonly 'agents.pruneExpired': typeof pruneExpiredAgents;
  readonly 'joinTokens.create': typeof createJoinToken;
  readonly 'joinTokens.consume': typeof consumeJoinToken;
  readonly 'joinTokens.pruneExpired': typeof pruneJoinTokens;
  readonly 'bundles.create': typeof createBundle;
  readonly 'bundles.update': typeof updateBundle;
  readonly 'bundles.set': typeof setBundle;
  readonly 'bundles.delete': typeof deleteBundle;
  readonly 'bundles.append': typeof appendBundle;
  readonly 'bundles.prune': typeof pruneBundle;
  readonly 'bundles.taintX509Authority': typeof taintX509Authority;
  readonly 'bundles.revokeX509Authority': typeof revokeX509Authority;
  readonly 'bundles.taintJwtAuthority': typeof taintJwtAuthority;
  readonly 'bundles.revokeJwtAuthority': typeof revokeJwtAuthority;
  readonly 'caJournals.save': typeof saveCaJournal;
  readonly 'caJournals.prune': typeof pruneCaJournals;
  readonly 'changes.prune': typeof pruneChanges;
  readonly 'ledger.append': typeof appendToLedger;
  readonly 'ledger.forgetJournal': typeof forgetLedgerJournal;
  readonly 'ledger.prune': typeof pruneLedger;
  readonly 'revocations.revoke': typeof revoke;
  readonly 'revocations.restore': typeof restoreRevocations;
  readonly 'revocations.raiseSequence': typeof raiseRevocationSequence;
  readonly 'revocations.prune': typeof pruneRevocations;
  readonly 'tasks.begin': typeof beginTask;
  readonly 'tasks.takeIssue': typeof takeIssue;
  readonly 'tasks.end': typeof endTasks;
  readonly 'tasks.prune': typeof pruneTasks;
  readonly 'tasks.createEntry': typeof createTaskEntry;
  readonly 'tasks.setPolicy': typeof setTaskPolicy;
}

/** The operations of {@link WriteOperations}. */
const writeOperations: WriteOperations = {
  'entries.create': createEntries,
  'entries.update': updateEntries,
  'entries.delete': deleteEntries,
  'entries.deleteExpired': deleteExpiredEntries,
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
  'ledger.append': appendToLedger,
  'ledger.forgetJournal': forgetLedgerJournal,
  'ledger.prune': pruneLedger,
  'revocations.revoke': revoke,
  'revocations.restore': restoreRevocations,
  'revocations.raiseSequence': raiseRevocationSequence,
  'revocations.prune': pruneRevocations,
  'tasks.begin': beginTask,
  'tasks.takeIssue': takeIssue,
  'tasks.end': endTasks,
  'tasks.prune': pruneTasks,
  'tasks.createEntry': createTaskEntry,
  'tasks.setPolicy': setTaskPolicy,
};

type Operations = ReadOperations & WriteOperations;

/** The name of an operation. */
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

/** The reading operation of that name. @throws {StoreError} `ERR_INTERNAL` there is none. */
export function readOperation(name: string): (input: unknown) => Steps<unknown> {
  return lookUp(readOperations, name) as (input: unknown) => Steps<unknown>;
}

/** The writing operation of that name. @throws {StoreError} `ERR_INTERNAL` there is none. */
export function writeOperation(name: string): (input: unknown, context: WriteContext) => Steps<unknown> {
  return lookUp(writeOperations, name) as (input: unknown, context: WriteContext) => Steps<unknown>;
}

/** Whether the operation only reads. */
export function isRead(name: OperationName): name is keyof ReadOperations {
  return Object.hasOwn(readOperations, name);
}

function lookUp(operations: ReadOperations | WriteOperations, name: string): unknown {
  if (Object.hasOwn(operations, name)) return operations[name as keyof typeof operations];
  throw new StoreError('ERR_INTERNAL', 'no such datastore operation');
}
