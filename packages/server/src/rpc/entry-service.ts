import { type entryService, entryToWire, type WireEntryMaskOutput } from '@signet/api';
import { type Clock, nowSeconds, type TrustDomain } from '@signet/core';
import { type AuthorizedEntries } from '../authz/authorized-entries.ts';
import { type EntryStore } from '../datastore/entry-store.ts';
import { createEntries, type CreateEntryResult } from '../registration/create-entries.ts';
import { deleteEntries } from '../registration/delete-entries.ts';
import { countEntries, getEntry, listEntries } from '../registration/read-entries.ts';
import { updateEntries, type UpdateEntryResult } from '../registration/update-entries.ts';
import type { TaskPolicies } from '../tasks/task-policies.ts';
import { outsideTasks } from '../tasks/outside-tasks.ts';
import { itemStatus, readItem, requireBatch, throughBatch } from './batch.ts';
import { type AuthorizedCall } from './call.ts';
import { callerId } from './caller.ts';
import { entryFilterFromWire, entryToCreateFromWire, entryUpdateFromWire } from './entry-wire.ts';
import { type Handlers } from './service-host.ts';
import { syncAuthorizedEntriesHandler } from './sync-authorized-entries.ts';

/** The roles behind the Entry API. */
export interface EntryServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  readonly entries: EntryStore;
  readonly authorized: AuthorizedEntries;
  readonly taskPolicies: Pick<TaskPolicies, 'of'>;
}

/** The handlers of `spire.api.server.entry.v1.Entry`. @spec spire-server-api §6, §7 */
export function createEntryService(
  deps: EntryServiceDeps,
): Handlers<typeof entryService, 'SyncAuthorizedEntries'> {
  const { trustDomain, entries } = deps;
  const authorized = outsideTasks(deps.authorized, deps.taskPolicies);
  return {
    CountEntries: async ({ filter }) => ({
      count: await countEntries(entryFilterFromWire(filter, trustDomain), entries),
    }),

    ListEntries: async ({ filter, output_mask: mask, page_size: size, page_token: token }) => {
      const page = await listEntries(entryFilterFromWire(filter, trustDomain), { size, token }, entries);
      return {
        entries: page.items.map((entry) => entryToWire(entry, mask)),
        next_page_token: page.nextPageToken,
      };
    },

    GetEntry: async ({ id, output_mask: mask }, call) => {
      call.audit.note({ registration_id: id });
      return entryToWire(await getEntry(id, entries), mask);
    },

    BatchCreateEntry: async ({ entries: wanted, output_mask: mask }, call) => {
      requireBatch(wanted);
      const readings = wanted.map((wire) => readItem(() => entryToCreateFromWire(wire, trustDomain)));
      const results = await throughBatch<ReturnType<typeof entryToCreateFromWire>, CreateEntryResult>(
        readings,
        (values) => createEntries(values, entries),
      );
      return { results: results.map((result) => entryResult(result, mask, call)) };
    },

    BatchUpdateEntry: async ({ entries: wanted, input_mask: inputMask, output_mask: mask }, call) => {
      requireBatch(wanted);
      const readings = wanted.map((wire) =>
        readItem(() => entryUpdateFromWire(wire, inputMask, trustDomain)),
      );
      const results = await throughBatch<ReturnType<typeof entryUpdateFromWire>, UpdateEntryResult>(
        readings,
        (values) => updateEntries(values, entries),
      );
      return { results: results.map((result) => entryResult(result, mask, call)) };
    },

    BatchDeleteEntry: async ({ ids }, call) => {
      requireBatch(ids);
      const errors = await deleteEntries(ids, entries);
      return {
        results: ids.map((id, index) => ({
          id,
          status: itemStatus(call, errors[index], { registration_id: id }),
        })),
      };
    },

    GetAuthorizedEntries: ({ output_mask: mask }, call) => {
      const found = authorized.authorizedEntries(callerId(call.caller), nowSeconds(deps.clock));
      return Promise.resolve({ entries: found.map((entry) => entryToWire(entry, mask)) });
    },

    SyncAuthorizedEntries: syncAuthorizedEntriesHandler({ ...deps, authorized }),
  };
}

type EntryResult = CreateEntryResult | UpdateEntryResult;

function entryResult(result: EntryResult, mask: WireEntryMaskOutput | null, call: AuthorizedCall) {
  const { entry, error } = result;
  const status = itemStatus(
    call,
    error,
    entry && { registration_id: entry.id, spiffe_id: entry.spiffeId.uri },
  );
  return { status, ...(entry && { entry: entryToWire(entry, mask) }) };
}
