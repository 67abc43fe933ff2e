import type { BundleStore } from '../bundle-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { decodeBundle, encodeAuthorities, encodeBundle } from './bundle-codec.ts';

/** The bundle store over its operations. */
export function createBundleStore(caller: OperationCaller): BundleStore {
  return {
    get: async ({ name }) => {
      const record = await caller.call('bundles.get', { trustDomain: name });
      return record && decodeBundle(record);
    },
    list: async (page) => {
      const { rows, nextPageToken } = await caller.call('bundles.list', { page });
      return { items: rows.map(decodeBundle), nextPageToken };
    },
    count: () => caller.call('bundles.count', undefined),
    create: async (bundle) =>
      decodeBundle(await caller.call('bundles.create', { bundle: encodeBundle(bundle) })),
    update: async (bundle, mask) =>
      decodeBundle(await caller.call('bundles.update', { bundle: encodeBundle(bundle), mask })),
    set: async (bundle) => decodeBundle(await caller.call('bundles.set', { bundle: encodeBundle(bundle) })),
    delete: ({ name }, mode) => caller.call('bundles.delete', { trustDomain: name, mode }),
    append: async ({ name }, authorities, most = Number.POSITIVE_INFINITY) => {
      const input = { trustDomain: name, authorities: encodeAuthorities(authorities), most };
      return decodeBundle(await caller.call('bundles.append', input));
    },
    prune: ({ name }, expiredBefore) => caller.call('bundles.prune', { trustDomain: name, expiredBefore }),
    taintX509Authority: async ({ name }, authorityId) =>
      decodeBundle(await caller.call('bundles.taintX509Authority', { trustDomain: name, authorityId })),
    revokeX509Authority: async ({ name }, authorityId) =>
      decodeBundle(await caller.call('bundles.revokeX509Authority', { trustDomain: name, authorityId })),
    taintJwtAuthority: async ({ name }, authorityId) =>
      decodeBundle(await caller.call('bundles.taintJwtAuthority', { trustDomain: name, authorityId })),
    revokeJwtAuthority: async ({ name }, authorityId) =>
      decodeBundle(await caller.call('bundles.revokeJwtAuthority', { trustDomain: name, authorityId })),
  };
}
