import { taskOf } from '../ca/issuance-origin.ts';
import type { RevokeTarget } from '../datastore/revocation-store.ts';
import type { Cover } from './issuing-barrier.ts';

/** What is issued for these entries. */
export function coverEntries(ids: readonly string[]): Cover {
  const entries = new Set(ids);
  return ({ origin }) => origin.by === 'entry' && entries.has(origin.entryId);
}

/** What is issued for any entry. */
export const coverAllEntries: Cover = ({ origin }) => origin.by === 'entry';

/** What an agent gets, for itself and for its workloads. */
export function coverAgent(agentId: string): Cover {
  return ({ origin }) => 'agentId' in origin && origin.agentId.uri === agentId;
}

/** What is issued in a task. */
export function coverTasks(ids: readonly string[]): Cover {
  const tasks = new Set(ids);
  return ({ origin }) => tasks.has(taskOf(origin) ?? '');
}

/** What a revocation of an operator concerns while it is carried out. One credential is known, or it is not. */
export function coverTarget(target: RevokeTarget): Cover {
  switch (target.kind) {
    case 'x509':
      return (credential) => credential.kind === 'x509' && credential.serialHex === target.serialHex;
    case 'jwt':
      return (credential) => credential.kind === 'jwt' && credential.jti === target.jti;
    case 'entry':
      return coverEntries([target.entryId]);
    case 'agent':
      return coverAgent(target.agentId);
    case 'task':
      return coverTasks([target.taskId]);
    case 'subject':
      return ({ spiffeId, issuedAt }) => isCovered(spiffeId.uri, target) && issuedAt <= target.issuedUntil;
  }
}

/** Whether a rule is about a SPIFFE ID. */
export function isCovered(
  uri: string,
  { spiffeId, isPrefix }: Extract<RevokeTarget, { kind: 'subject' }>,
): boolean {
  return uri === spiffeId || (isPrefix && uri.startsWith(`${spiffeId}/`));
}
