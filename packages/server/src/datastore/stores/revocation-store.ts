import { REVOCATION_REASON_CODES, type UnixSeconds } from '@signet/core';
import type { RecordedRevocation, RevocationStore } from '../revocation-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import {
  type RevokedCredentialRow,
  type RevokedPlace,
  type RevokedPortion,
  REVOKED_START,
} from '../sql/revoked-credentials.ts';
import {
  decodeRevocation,
  decodeRevokedSerial,
  encodeRevocation,
  encodeRevokeTarget,
} from './revocation-codec.ts';

/** Read, or brought back, in one transaction. */
const PORTION = 1000;

/** The revocation store over its operations. */
export function createRevocationStore(caller: OperationCaller): RevocationStore {
  return {
    revoke: ({ target, reason, actor, comment, horizon, isDryRun }) => {
      const grounds = { reason: REVOCATION_REASON_CODES[reason], actor, comment };
      const input = { target: encodeRevokeTarget(target), grounds, horizon, isDryRun };
      return caller.call('revocations.revoke', input);
    },
    list: async (after, limit) =>
      (await caller.call('revocations.list', { after, limit })).map(decodeRevocation),
    latest: () => caller.call('revocations.latest', undefined),
    revokedSerials: (at) => revoked('x509', at, decodeRevokedSerial, caller),
    revokedTokenIds: (at) => revoked('jwt', at, ({ credential }) => credential, caller),
    restore: (revocations) => restoreInPortions(revocations, caller),
    raiseSequence: (above) => caller.call('revocations.raiseSequence', { above }),
    prune: (at) => caller.call('revocations.prune', { at }),
  };
}

/** Each portion is a turn of the event loop of its own: a hundred thousand at once would hold up everything else. */
async function* revoked<Item>(
  kind: 'x509' | 'jwt',
  at: UnixSeconds,
  decode: (row: RevokedCredentialRow) => Item,
  caller: OperationCaller,
): AsyncIterable<readonly Item[]> {
  for (let from: RevokedPlace | undefined = REVOKED_START; from !== undefined;) {
    const read: RevokedPortion = await caller.call('revocations.revokedPortion', {
      kind,
      at,
      from,
      limit: PORTION,
    });
    yield read.rows.map(decode);
    from = read.next;
  }
}

async function restoreInPortions(
  revocations: readonly RecordedRevocation[],
  caller: OperationCaller,
): Promise<number> {
  let lacking = 0;
  for (let at = 0; at < revocations.length; at += PORTION) {
    const rows = revocations.slice(at, at + PORTION).map(encodeRevocation);
    lacking += await caller.call('revocations.restore', rows);
  }
  return lacking;
}
