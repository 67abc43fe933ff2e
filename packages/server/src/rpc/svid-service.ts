import { jwtSvidToWire, spiffeIdFromWire, type svidService, x509SvidToWire } from '@signet/api';
import {
  type Clock,
  nowSeconds,
  requireWorkloadId,
  SignetError,
  type SpiffeId,
  TaskError,
  type TrustDomain,
} from '@signet/core';
import { type AuthorizedEntries } from '../authz/authorized-entries.ts';
import { type IssuedJwtSvid, type IssuedX509Svid } from '../ca/certificate-authority.ts';
import { readingArgument } from '../error-text.ts';
import { type IssuanceDeps } from '../issuance/issuance-deps.ts';
import { issueJwtSvid } from '../issuance/issue-jwt-svid.ts';
import { type EntrySvidRequest, type EntrySvidResult, issueX509Svids } from '../issuance/issue-x509-svids.ts';
import { mintJwtSvid } from '../issuance/mint-jwt-svid.ts';
import { mintX509Svid } from '../issuance/mint-x509-svid.ts';
import type { TaskPolicies } from '../tasks/task-policies.ts';
import { itemStatus, readItem, requireBatch, throughBatch } from './batch.ts';
import { actorOf, callerId } from './caller.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the SVID API. */
export interface SvidServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  readonly authorized: Pick<AuthorizedEntries, 'authorizedEntry'>;
  readonly issuance: IssuanceDeps;
  readonly taskPolicies: Pick<TaskPolicies, 'of'>;
}

/** The handlers of `spire.api.server.svid.v1.SVID`. @spec spire-server-api §8 */
export function createSvidService(deps: SvidServiceDeps): Handlers<typeof svidService> {
  const { trustDomain, issuance } = deps;
  return {
    MintX509SVID: async ({ csr, ttl }, call) => {
      const svid = await mintX509Svid({ csrDer: csr, ttl, actor: actorOf(call.caller) }, issuance);
      call.audit.note(x509Facts(svid));
      return { svid: wireX509(svid) };
    },

    MintJWTSVID: async ({ id, audience, ttl }, call) => {
      requireJwtEnabled(issuance);
      const spiffeId = readingArgument('invalid SPIFFE ID', () => {
        const parsed = spiffeIdFromWire(id);
        requireWorkloadId(parsed, trustDomain);
        return parsed;
      });
      call.audit.note({ spiffe_id: spiffeId.uri, audience });
      const actor = actorOf(call.caller);
      return { svid: wireJwt(await mintJwtSvid({ spiffeId, audience, ttl, actor }, issuance)) };
    },

    BatchNewX509SVID: async ({ params }, call) => {
      if (params.length === 0) throw new SignetError('ERR_INVALID_ARGUMENT', 'missing parameters');
      requireBatch(params);
      await call.takeForItems(params.length);
      const agentId = callerId(call.caller);
      const readings = params.map(({ entry_id: entryId, csr }) =>
        readItem(() => entryRequest(entryId, csr, agentId, deps)),
      );
      const results = await throughBatch<EntrySvidRequest, EntrySvidResult>(readings, (requests) =>
        issueX509Svids(requests, issuance),
      );
      return {
        results: results.map((result, index) => {
          const facts = { registration_id: params[index]?.entry_id ?? '' };
          if (!('svid' in result)) return { status: itemStatus(call, result.error, facts) };
          return {
            status: itemStatus(call, undefined, { ...facts, ...x509Facts(result.svid) }),
            svid: wireX509(result.svid),
          };
        }),
      };
    },

    NewJWTSVID: async ({ entry_id: entryId, audience }, call) => {
      requireJwtEnabled(issuance);
      call.audit.note({ registration_id: entryId, audience });
      const agentId = callerId(call.caller);
      const entry = authorizedEntry(entryId, agentId, deps);
      return { svid: wireJwt(await issueJwtSvid({ entry, agentId, audience }, issuance)) };
    },
  };
}

function entryRequest(
  entryId: string,
  csrDer: Uint8Array,
  agentId: SpiffeId,
  deps: SvidServiceDeps,
): EntrySvidRequest {
  if (entryId === '') throw new SignetError('ERR_INVALID_ARGUMENT', 'missing entry ID');
  if (csrDer.length === 0) throw new SignetError('ERR_INVALID_ARGUMENT', 'missing CSR');
  return { entry: authorizedEntry(entryId, agentId, deps), agentId, csrDer };
}

// The SPIFFE ID that gets signed is the entry's, and the entry is one that this agent may use: nothing that the
// request says about identity counts.
function authorizedEntry(
  entryId: string,
  agentId: SpiffeId,
  deps: SvidServiceDeps,
): EntrySvidRequest['entry'] {
  const entry = deps.authorized.authorizedEntry(agentId, entryId, nowSeconds(deps.clock));
  if (entry === undefined) throw new SignetError('ERR_NOT_FOUND', 'entry not found or not authorized');
  if (deps.taskPolicies.of(entryId).isTaskOnly) {
    throw new TaskError('ERR_TASK_ONLY', 'nothing is issued for the entry outside a task');
  }
  return entry;
}

function requireJwtEnabled({ settings }: IssuanceDeps): void {
  if (settings.disableJwtSvids) throw new SignetError('ERR_JWT_DISABLED', 'JWT functionality is disabled');
}

function x509Facts(svid: IssuedX509Svid): Readonly<Record<string, string | number>> {
  return { spiffe_id: svid.spiffeId.uri, serial_number: svid.serialHex, expires_at: svid.expiresAt };
}

function wireX509({ spiffeId, chainDer, expiresAt }: IssuedX509Svid): ReturnType<typeof x509SvidToWire> {
  return x509SvidToWire({ id: spiffeId, chain: chainDer, expiresAt });
}

function wireJwt({ spiffeId, token, issuedAt, expiresAt }: IssuedJwtSvid): ReturnType<typeof jwtSvidToWire> {
  return jwtSvidToWire({ id: spiffeId, token, issuedAt, expiresAt });
}
