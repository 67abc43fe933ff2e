import {
  type Bundle,
  type Clock,
  jwtBundleOf,
  nowSeconds,
  parseCertificate,
  parseSpiffeId,
  requireAgentId,
  serverId,
  type RevocationReason,
  type Seconds,
  SignetError,
  type TrustDomain,
  type UnixSeconds,
} from '@signet/core';
import { isCovered } from './covers.ts';
import type { AgentStore } from '../datastore/agent-store.ts';
import type { RevocationStore, RevokeResult, RevokeTarget } from '../datastore/revocation-store.ts';
import { decimalHint, readSerial } from './serial-text.ts';
import type { ServerRevocations } from './server-revocations.ts';
import { targetOfToken } from './token-target.ts';

/** What somebody asks to have revoked. */
export type RevokeSubject =
  | { readonly kind: 'x509'; readonly authorityId: string; readonly serial: string }
  | { readonly kind: 'jwt'; readonly jti: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'entry'; readonly entryId: string }
  | { readonly kind: 'subject'; readonly spiffeId: string; readonly isPrefix: boolean }
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'issuedBefore'; readonly time: UnixSeconds };

/** A request to revoke. */
export interface RevokeRequest {
  readonly subject: RevokeSubject;
  readonly reason: RevocationReason;
  /** Who asks. */
  readonly actor: string;
  readonly comment: string;
  /** Only counts. */
  readonly isDryRun: boolean;
}

/** What a revocation reached. */
export interface RevokeOutcome extends RevokeResult {
  readonly tasks: number;
  /** Agents that hold a feed, and so were told. */
  readonly agents: number;
  /** Feeds of the server that it went out on. */
  readonly streams: number;
}

/** What revoking needs. */
export interface RevokeDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  /** Guarded: see `guardDatastore`. */
  readonly revocationStore: Pick<RevocationStore, 'revoke'>;
  readonly agents: Pick<AgentStore, 'get'>;
  readonly revocations: Pick<ServerRevocations, 'size' | 'noteRecovered'>;
  /** The own bundle as it is now. */
  readonly ownBundle: () => Promise<Bundle>;
  /** Lifetime of the next authority. */
  readonly caTtl: Seconds;
  /** How many agents were told of the revocation with that sequence. */
  readonly agentsTold: (revocation: number) => number;
  /** Ends a task with all below it; how many tasks. Undefined for one that is not known any more. */
  readonly endTask: (
    taskId: string,
    request: RevokeRequest,
  ) => Promise<(RevokeResult & { readonly tasks: number }) | undefined>;
  /** Gives the server itself a new SVID. */
  readonly renewServerSvid: () => Promise<void>;
}

const MAX_COMMENT_CHARACTERS = 256;
const MAX_NAME_CHARACTERS = 256;
/**
 * Most single revocations that are held at once, for each of which every verifier has to find room: beyond it, only what
 * one rule covers can be revoked.
 */
const MAX_HELD = 250_000;

/**
 * Revokes what was issued; durable when it resolves.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_SPIFFE_ID_*`, `ERR_JWT_*` the request is malformed, or names what is
 *   of another trust domain; `ERR_NOT_FOUND`; `ERR_RESOURCE_EXHAUSTED` too many single revocations; `ERR_STORE_*`.
 */
export async function revoke(request: RevokeRequest, deps: RevokeDeps): Promise<RevokeOutcome> {
  checkComment(request.comment);
  const result = await carryOut(request, deps);
  const told = request.isDryRun || result.revocation === 0 ? 0 : deps.agentsTold(result.revocation);
  return { ...result, agents: told, streams: told };
}

type TaskedResult = RevokeResult & { readonly tasks: number };

async function carryOut(request: RevokeRequest, deps: RevokeDeps): Promise<TaskedResult> {
  const { subject, reason, actor, comment, isDryRun } = request;
  if (subject.kind === 'task') {
    const ended = await deps.endTask(requireName(subject.taskId, 'task ID'), request);
    if (ended !== undefined) return ended;
  }
  const now = nowSeconds(deps.clock);
  const bundle = await deps.ownBundle();
  const target = await targetOf(subject, { ...deps, now, bundle });
  if (target.kind !== 'subject' && target.kind !== 'task') requireRoom(deps);
  const horizon = horizonOf(bundle, now + deps.caTtl);
  const order = { target, reason, actor, comment, horizon, isDryRun };
  const result = await deps.revocationStore.revoke(order).catch((error: unknown) => {
    throw withSerialHint(error, subject);
  });
  if (!isDryRun && target.kind === 'subject') await afterRule(target, subject, deps);
  return { ...result, tasks: subject.kind === 'task' ? 1 : 0 };
}

/** The latest expiry of anything that the authorities of the bundle, or one that follows them, can have signed. */
function horizonOf({ x509Authorities, jwtAuthorities }: Bundle, next: UnixSeconds): UnixSeconds {
  const ends = x509Authorities.map(({ der }) => parseCertificate(der).notAfter);
  return Math.max(next, ...ends, ...jwtAuthorities.map(({ expiresAt }) => expiresAt));
}

type TargetContext = Pick<RevokeDeps, 'trustDomain' | 'agents'> & {
  readonly now: UnixSeconds;
  readonly bundle: Bundle;
};

async function targetOf(subject: RevokeSubject, context: TargetContext): Promise<RevokeTarget> {
  const { now, bundle, trustDomain } = context;
  switch (subject.kind) {
    case 'x509':
      return x509Target(subject, bundle);
    case 'jwt':
      return { kind: 'jwt', jti: requireName(subject.jti, 'jti'), expiresAt: 0 };
    case 'token':
      return targetOfToken(subject.token, { bundle: jwtBundleOf(bundle), now });
    case 'entry':
      return { kind: 'entry', entryId: requireName(subject.entryId, 'entry ID') };
    case 'task':
      return { kind: 'task', taskId: requireName(subject.taskId, 'task ID') };
    case 'agent':
      return agentTarget(subject.agentId, context);
    case 'subject':
      return subjectTarget(subject, context);
    case 'issuedBefore':
      if (!Number.isSafeInteger(subject.time) || subject.time < 1 || subject.time > now + 1) {
        throw invalid('the time must not be in the future');
      }
      return {
        kind: 'subject',
        spiffeId: trustDomain.idString,
        isPrefix: true,
        issuedUntil: subject.time - 1,
      };
  }
}

function x509Target(
  { authorityId, serial }: Extract<RevokeSubject, { kind: 'x509' }>,
  bundle: Bundle,
): RevokeTarget {
  const serialHex = readSerial(serial);
  const id = authorityId.toLowerCase();
  const ours = bundle.x509Authorities.map(({ der }) => parseCertificate(der).subjectKeyId);
  const isOurs = ours.some((keyId) => keyId !== undefined && Buffer.from(keyId).toString('hex') === id);
  return { kind: 'x509', authorityId: id, serialHex, isOurs };
}

async function agentTarget(text: string, { trustDomain, agents }: TargetContext): Promise<RevokeTarget> {
  const agentId = parseSpiffeId(text);
  requireAgentId(agentId, trustDomain);
  if ((await agents.get(agentId)) === undefined) throw new SignetError('ERR_NOT_FOUND', 'agent not found');
  return { kind: 'agent', agentId: agentId.uri };
}

function subjectTarget(
  { spiffeId: text, isPrefix }: Extract<RevokeSubject, { kind: 'subject' }>,
  { trustDomain, now }: TargetContext,
): RevokeTarget {
  const spiffeId = parseSpiffeId(text);
  if (!spiffeId.memberOf(trustDomain)) {
    throw invalid(`"${spiffeId.uri}" is not of trust domain "${trustDomain.name}"`);
  }
  if (spiffeId.path === '' && !isPrefix)
    throw invalid('a SPIFFE ID without a path is nobody’s; take it as a prefix');
  return { kind: 'subject', spiffeId: spiffeId.uri, isPrefix, issuedUntil: now, takesNewer: true };
}

async function afterRule(
  rule: Extract<RevokeTarget, { kind: 'subject' }>,
  subject: RevokeSubject,
  deps: RevokeDeps,
): Promise<void> {
  const { trustDomain, revocations } = deps;
  if (subject.kind === 'issuedBefore') await revocations.noteRecovered(subject.time);
  // The server's own SVID went with the others.
  if (isCovered(serverId(trustDomain).uri, rule)) await deps.renewServerSvid();
}

/** A serial number that was not found may be another way of writing one that there is. */
function withSerialHint(error: unknown, subject: RevokeSubject): unknown {
  if (subject.kind !== 'x509' || !(error instanceof SignetError) || error.code !== 'ERR_NOT_FOUND')
    return error;
  const hint = decimalHint(subject.serial);
  return hint === '' ? error : new SignetError(error.code, `${error.message}${hint}`, { cause: error });
}

function requireRoom({ revocations }: RevokeDeps): void {
  if (revocations.size < MAX_HELD) return;
  throw new SignetError(
    'ERR_RESOURCE_EXHAUSTED',
    `${MAX_HELD} revocations are held: revoke by SPIFFE ID, path prefix or time, which takes one`,
  );
}

function checkComment(comment: string): void {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (/[\u0000-\u001f\u007f]/u.test(comment)) throw invalid('the comment has control characters');
  if (comment.length > MAX_COMMENT_CHARACTERS) {
    throw invalid(`the comment is longer than ${MAX_COMMENT_CHARACTERS} characters`);
  }
}

function requireName(text: string, what: string): string {
  if (text !== '' && text.length <= MAX_NAME_CHARACTERS) return text;
  throw invalid(`the ${what} must have 1 to ${MAX_NAME_CHARACTERS} characters`);
}

function invalid(message: string): SignetError {
  return new SignetError('ERR_INVALID_ARGUMENT', message);
}
