import {
  type OperatorRevokeRequestOutput,
  revocationReasonFromWire,
  type revocationService,
  revocationToWire,
} from '@signet/api';
import { SignetError } from '@signet/core';
import { type RevocationStore } from '../datastore/revocation-store.ts';
import { revoke, type RevokeDeps, type RevokeSubject } from '../revocation/revoke.ts';
import { actorOf } from './caller.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the Revocation API. */
export interface RevocationServiceDeps {
  readonly revoking: RevokeDeps;
  readonly recordedRevocations: Pick<RevocationStore, 'list'>;
}

const MAX_PAGE = 1000;

/** The handlers of `signet.server.revocation.v1.Revocation`. */
export function createRevocationService(deps: RevocationServiceDeps): Handlers<typeof revocationService> {
  return {
    Revoke: async (request, call) => {
      const { comment, dry_run: isDryRun } = request;
      const [subject, reason] = [subjectFromWire(request), revocationReasonFromWire(request.reason)];
      call.audit.note({ target: subject.kind, reason, comment, dry_run: isDryRun, ...notable(subject) });
      const actor = actorOf(call.caller);
      const outcome = await revoke({ subject, reason, actor, comment, isDryRun }, deps.revoking);
      const { x509Svids: x509_svids, jwtSvids: jwt_svids, ...counts } = outcome;
      call.audit.note({ revocation: outcome.revocation, x509_svids, jwt_svids });
      return { ...counts, x509_svids, jwt_svids };
    },

    ListRevocations: async ({ after, page_size: wanted }) => {
      const size = wanted > 0 ? Math.min(wanted, MAX_PAGE) : MAX_PAGE;
      const found = await deps.recordedRevocations.list(Number(after), size + 1);
      const page = found.slice(0, size);
      return {
        revocations: page.map(({ actor, comment, ...revocation }) => ({
          revocation: revocationToWire(revocation),
          actor,
          comment,
        })),
        next_after: found.length > size ? (page.at(-1)?.sequence ?? 0) : 0,
      };
    },
  };
}

function subjectFromWire(request: OperatorRevokeRequestOutput): RevokeSubject {
  const { x509_svid: x509, jwt_svid: jwt, entry_id: entryId, subject, agent_id: agentId } = request;
  if (x509) return { kind: 'x509', authorityId: x509.authority_id, serial: x509.serial };
  if (jwt)
    return jwt.by === 'token'
      ? { kind: 'token', token: jwt.token ?? '' }
      : { kind: 'jwt', jti: jwt.jti ?? '' };
  if (subject) return { kind: 'subject', spiffeId: subject.spiffe_id, isPrefix: subject.is_prefix };
  if (request.target === 'entry_id') return { kind: 'entry', entryId: entryId ?? '' };
  if (request.target === 'agent_id') return { kind: 'agent', agentId: agentId ?? '' };
  if (request.target === 'task_id') return { kind: 'task', taskId: request.task_id ?? '' };
  if (request.target === 'issued_before')
    return { kind: 'issuedBefore', time: Number(request.issued_before) };
  throw new SignetError('ERR_INVALID_ARGUMENT', 'the request names nothing to revoke');
}

/** What the audit may show: a token is a secret. */
function notable(subject: RevokeSubject): Record<string, string | number | boolean> {
  switch (subject.kind) {
    case 'x509':
      return { authority_id: subject.authorityId, serial_number: subject.serial };
    case 'jwt':
      return { jti: subject.jti };
    case 'token':
      return {};
    case 'entry':
      return { entry_id: subject.entryId };
    case 'agent':
      return { agent_id: subject.agentId };
    case 'task':
      return { task_id: subject.taskId };
    case 'subject':
      return { spiffe_id: subject.spiffeId, is_prefix: subject.isPrefix };
    case 'issuedBefore':
      return { issued_before: subject.time };
  }
}
