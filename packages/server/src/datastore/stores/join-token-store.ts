import { createHash } from 'node:crypto';
import type { JoinTokenStore } from '../join-token-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { encodeNewEntry } from './entry-codec.ts';

/** The join token store over its operations; the token goes no further than its hash here. */
export function createJoinTokenStore(caller: OperationCaller): JoinTokenStore {
  return {
    create: ({ token, expiresAt, aliasEntry }) =>
      caller.call('joinTokens.create', {
        tokenSha256: sha256(token),
        expiresAt,
        ...(aliasEntry && { aliasEntry: encodeNewEntry(aliasEntry) }),
      }),
    consume: (token) => caller.call('joinTokens.consume', { tokenSha256: sha256(token) }),
    pruneExpired: (at) => caller.call('joinTokens.pruneExpired', { at }),
  };
}

function sha256(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
