import { REVOCATION_REASON_CODES } from '@signet/core';
import type { RecordedRevocation, RevocationStore } from '../revocation-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import {
  decodeRevocation,
  decodeRevokedSerial,
  encodeRevocation,
  encodeRevokeTarget,
} from './revocation-codec.ts';

/** Revocations brought back in one transaction. */
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
    revokedSerials: async (at) =>
      (await caller.call('revocations.revokedSerials', { at })).map(decodeRevokedSerial),
    revokedTokenIds: (at) => caller.call('revocations.revokedTokenIds', { at }),
    restore: (revocations) => restoreInPortions(revocations, caller),
    raiseSequence: (above) => caller.call('revocations.raiseSequence', { above }),
    prune: (at) => caller.call('revocations.prune', { at }),
  };
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
