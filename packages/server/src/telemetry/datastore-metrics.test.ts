import { createMetrics, noMetrics } from '@signet/daemon';
import { StoreError } from '@signet/core';
import { describe, expect, it } from '@jest/globals';
import type { Datastore } from '../datastore/datastore.ts';
import { countDatastoreCalls } from './datastore-metrics.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function storesWith(stores: object): Datastore {
  const none = {};
  const all = { entries: none, agents: none, joinTokens: none, bundles: none, caJournals: none };
  return { ...all, ...stores } as Datastore;
}

async function linesAfter(stores: object, use: (datastore: Datastore) => Promise<unknown>): Promise<string> {
  const metrics = createMetrics({ prefix: 'spire_server', hostLabel: false, runtime: false });
  await use(countDatastoreCalls(storesWith(stores), metrics)).catch(() => undefined);
  await settled();
  return metrics.expose();
}

describe('calls of the datastore are counted by SPIRE’s names', () => {
  it.each([
    ['bundles', 'get', 'datastore_bundle_fetch'],
    ['bundles', 'taintX509Authority', 'datastore_bundle_x509_taint'],
    ['entries', 'create', 'datastore_registration_entry_create'],
    ['entries', 'deleteExpired', 'datastore_registration_entry_prune'],
    ['agents', 'saveAttestation', 'datastore_node_create'],
    ['agents', 'ban', 'datastore_node_update'],
    ['joinTokens', 'consume', 'datastore_join_token_fetch'],
    ['caJournals', 'save', 'datastore_ca_journal_set'],
  ])('%s.%s', async (store, method, name) => {
    const call = (datastore: Datastore): Promise<unknown> =>
      (datastore as unknown as Record<string, Record<string, () => Promise<unknown>>>)[store]![method]!();
    const text = await linesAfter(
      { [store]: { [method]: () => Promise.resolve('answer') } },
      async (datastore) => {
        expect(await call(datastore)).toBe('answer');
      },
    );
    expect(text).toContain(`spire_server_${name}{status="OK"} 1`);
    expect(text).toContain(`spire_server_${name}_elapsed_time_count{status="OK"} 1`);
  });

  it('with the status of what went wrong', async () => {
    const error = new StoreError('ERR_STORE_UNAVAILABLE', 'gone');
    const text = await linesAfter({ bundles: { get: () => Promise.reject(error) } }, async ({ bundles }) => {
      await expect(bundles.get(undefined as never)).rejects.toBe(error);
    });
    expect(text).toContain('spire_server_datastore_bundle_fetch{status="Unavailable"} 1');
  });

  it('and those that SPIRE does not count are handed on', async () => {
    const text = await linesAfter(
      { entries: { expired: () => Promise.resolve(['a']) } },
      async ({ entries }) => {
        expect(await entries.expired(0, 1)).toEqual(['a']);
      },
    );
    expect(text).not.toContain('status=');
  });

  it('at no cost when nobody can ask', () => {
    const datastore = storesWith({});
    expect(countDatastoreCalls(datastore, noMetrics)).toBe(datastore);
  });
});
