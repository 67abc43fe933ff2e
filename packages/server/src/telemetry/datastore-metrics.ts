import { type Metrics, noMetrics } from '@signet/daemon';
import type { AgentStore } from '../datastore/agent-store.ts';
import type { BundleStore } from '../datastore/bundle-store.ts';
import type { CaJournalStore } from '../datastore/ca-journal-store.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { EntryStore } from '../datastore/entry-store.ts';
import type { JoinTokenStore } from '../datastore/join-token-store.ts';
import { type CallKeys, countCalls } from './count-calls.ts';

const entries: CallKeys<EntryStore> = {
  create: 'registration_entry.create',
  get: 'registration_entry.fetch',
  list: 'registration_entry.list',
  count: 'registration_entry.count',
  update: 'registration_entry.update',
  delete: 'registration_entry.delete',
  deleteExpired: 'registration_entry.prune',
};

// Selectors are part of the node here: they have no calls of their own.
const agents: CallKeys<AgentStore> = {
  get: 'node.fetch',
  list: 'node.list',
  count: 'node.count',
  saveAttestation: 'node.create',
  renew: 'node.update',
  activateNewSerial: 'node.update',
  ban: 'node.update',
  setAgentVersion: 'node.update',
  delete: 'node.delete',
  pruneExpired: 'node.prune',
};

// A token is fetched and deleted in one step.
const joinTokens: CallKeys<JoinTokenStore> = {
  create: 'join_token.create',
  consume: 'join_token.fetch',
  pruneExpired: 'join_token.prune',
};

const bundles: CallKeys<BundleStore> = {
  get: 'bundle.fetch',
  list: 'bundle.list',
  count: 'bundle.count',
  create: 'bundle.create',
  update: 'bundle.update',
  set: 'bundle.set',
  delete: 'bundle.delete',
  append: 'bundle.append',
  prune: 'bundle.prune',
  taintX509Authority: 'bundle.x509.taint',
  revokeX509Authority: 'bundle.x509.revoke',
  taintJwtAuthority: 'bundle.jwt.taint',
  revokeJwtAuthority: 'bundle.jwt.revoke',
};

const caJournals: CallKeys<CaJournalStore> = {
  load: 'ca_journal.fetch',
  save: 'ca_journal.set',
  prune: 'ca_journal.prune',
};

/** The datastore with its calls counted and timed under SPIRE's `datastore.*`. @spec SPIRE telemetry */
export function countDatastoreCalls(datastore: Datastore, metrics: Metrics): Datastore {
  if (metrics === noMetrics) return datastore;
  const prefix = ['datastore'];
  return {
    ...datastore,
    entries: countCalls(datastore.entries, prefix, entries, metrics),
    agents: countCalls(datastore.agents, prefix, agents, metrics),
    joinTokens: countCalls(datastore.joinTokens, prefix, joinTokens, metrics),
    bundles: countCalls(datastore.bundles, prefix, bundles, metrics),
    caJournals: countCalls(datastore.caJournals, prefix, caJournals, metrics),
  };
}
