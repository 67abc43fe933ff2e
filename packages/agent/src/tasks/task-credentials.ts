import { spiffeIdFromWire } from '@signet/api';
import type { NewTaskJWTSVIDResponseOutput, NewTaskX509SVIDResponseOutput } from '@signet/api';
import {
  type Clock,
  nowSeconds,
  parseJwtSvidInsecure,
  type RegistrationEntry,
  SignetError,
  SvidError,
  type Task,
  TaskError,
  type UnixSeconds,
} from '@signet/core';
import { after, backoff, type Logger, type Timer } from '@signet/daemon';
import type { FairGate } from '../fair-gate.ts';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { audienceKey } from '../sync/audience-key.ts';
import type { JwtSvidRecord } from '../sync/jwt-svid-cache.ts';
import type { KeySource } from '../sync/key-source.ts';
import { LruMap } from '../sync/lru-map.ts';
import type { Pace } from '../sync/pace.ts';
import { rotationDueAt, type RotationPolicy } from '../sync/rotation-plan.ts';
import { recordX509Svid, type X509SvidRecord } from '../sync/x509-svid-record.ts';

/** What getting the credentials of tasks needs. */
export interface TaskCredentialsDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly keys: Pick<KeySource, 'make'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rotation: RotationPolicy;
  /** a number in [0, 1). */
  readonly draw: () => number;
  /** turns of users with the server. */
  readonly gate: FairGate<string>;
  readonly pace: Pick<Pace, 'take'>;
}

interface CachedToken extends JwtSvidRecord {
  readonly renewAt: number;
}

/** More audiences than a task can name; where it may name any, the one that was not asked for the longest goes. */
const TOKENS = 64;
const RETRY = { initialMs: 250, maxMs: 15_000, factor: 2 };
/** What asking again cannot change. */
const FINAL: readonly string[] = [
  'ERR_INVALID_ARGUMENT',
  'ERR_PERMISSION_DENIED',
  'ERR_FAILED_PRECONDITION',
  'ERR_NOT_FOUND',
  'ERR_UNIMPLEMENTED',
];

/**
 * The credentials of one task: made when they are first asked for, kept in memory only, dropped at its end.
 *
 * One X.509-SVID for all that ask, with a key that was made for it; renewed at half of its life while somebody watches it,
 * unless it lasts as long as the task does or the budget is spent. One token for each set of audiences.
 */
export class TaskCredentials {
  readonly #task: Task;
  readonly #entry: RegistrationEntry;
  readonly #user: string;
  readonly #deps: TaskCredentialsDeps;
  readonly #refused: (error: unknown) => void;
  readonly #tokens = new LruMap<string, CachedToken>(TOKENS);
  readonly #watchers = new Set<() => void>();
  readonly #underWay = new Map<string, Promise<JwtSvidRecord>>();
  readonly #pauses = backoff(RETRY);
  #fetching: Promise<void> | undefined;
  #x509: X509SvidRecord | undefined;
  #failure: SignetError | undefined;
  #timer: Timer | undefined;
  #isDropped = false;
  #issued = 0;
  #issuedUntil: UnixSeconds = 0;

  /**
   * @param user - on whose behalf: its share.
   * @param refused - told of each refusal of the server, which may mean that the task has ended.
   */
  constructor(
    of: { readonly task: Task; readonly entry: RegistrationEntry; readonly user: string },
    deps: TaskCredentialsDeps,
    refused: (error: unknown) => void,
  ) {
    this.#task = of.task;
    this.#entry = of.entry;
    this.#user = of.user;
    this.#deps = deps;
    this.#refused = refused;
    this.#issued = of.task.issued;
    // An earlier run may have handed out what this one does not know.
    if (of.task.issued > 0) this.#issuedUntil = of.task.deadline;
  }

  /** How many the server issued to this agent for it. */
  get issued(): number {
    return this.#issued;
  }

  /** What was handed out in it does not live beyond; 0: nothing was. */
  get issuedUntil(): UnixSeconds {
    return this.#issuedUntil;
  }

  /** The X.509-SVID, when there is one that has not expired. */
  get x509(): X509SvidRecord | undefined {
    return this.#x509 !== undefined && this.#x509.notAfter > this.#now() ? this.#x509 : undefined;
  }

  /** Why there is no X.509-SVID and will not be. */
  get failure(): SignetError | undefined {
    return this.#failure;
  }

  /** Calls the listener when the X.509-SVID changes or cannot be had; has it fetched. @returns what ends it. */
  watchX509(listener: () => void): () => void {
    this.#watchers.add(listener);
    this.#failure = undefined;
    this.#wantX509();
    return () => void this.#watchers.delete(listener);
  }

  /** Gives up what was revoked. */
  withdrawRevoked(
    isRevoked: (svid: X509SvidRecord) => boolean,
    isTokenRevoked: (token: string) => boolean,
  ): void {
    for (const [key, { token }] of [...this.#tokens.entries()]) {
      if (isTokenRevoked(token)) this.#tokens.delete(key);
    }
    if (this.#x509 === undefined || !isRevoked(this.#x509)) return;
    this.#x509 = undefined;
    if (this.#watchers.size > 0) this.#wantX509();
  }

  /**
   * A JWT-SVID of the task.
   *
   * @throws {TaskError} `ERR_TASK_AUDIENCE` for an audience that is not the task's; {ServerCallError} when the server gives
   * none and none is left that is valid.
   */
  async jwtSvid(audience: readonly string[]): Promise<JwtSvidRecord> {
    this.#requireAudience(audience);
    const key = audienceKey(audience);
    const cached = this.#entry.jwtSvidIncludeJti ? undefined : this.#tokens.get(key);
    if (cached !== undefined && cached.renewAt > this.#now()) return cached;
    try {
      return await this.#shared(key, audience);
    } catch (error) {
      if (cached !== undefined && cached.expiresAt > this.#now() && !this.#isDropped) return cached;
      throw error;
    }
  }

  /** Lets go of everything. */
  drop(): void {
    this.#isDropped = true;
    this.#x509 = undefined;
    this.#tokens.clear();
    this.#watchers.clear();
    this.#timer?.cancel();
  }

  #now(): number {
    return nowSeconds(this.#deps.clock);
  }

  #requireAudience(audience: readonly string[]): void {
    const { audiences } = this.#task;
    const outside = audiences.length === 0 ? undefined : audience.find((name) => !audiences.includes(name));
    if (outside === undefined) return;
    throw new TaskError('ERR_TASK_AUDIENCE', `the task may have no JWT-SVID for the audience "${outside}"`);
  }

  #shared(key: string, audience: readonly string[]): Promise<JwtSvidRecord> {
    if (this.#entry.jwtSvidIncludeJti) return this.#fetchToken(audience);
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const work = this.#fetchToken(audience)
      .then((record) => {
        const life = { notBefore: record.issuedAt, notAfter: record.expiresAt };
        const renewAt = this.#isRenewable(record.expiresAt)
          ? rotationDueAt(life, this.#deps.draw())
          : record.expiresAt;
        if (!this.#isDropped) this.#tokens.set(key, { ...record, renewAt });
        return record;
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  /** What lasts as long as the task does cannot be had for longer, and what the budget does not allow would end it. */
  #isRenewable(expiresAt: number): boolean {
    const { deadline, budget } = this.#task;
    return expiresAt < deadline - 1 && (budget === 0 || this.#issued < budget);
  }

  #wantX509(): void {
    const isFresh = this.x509 !== undefined && this.x509.rotateAt > this.#now();
    if (this.#isDropped || this.#fetching !== undefined || isFresh) return;
    if (this.x509 !== undefined && !this.#isRenewable(this.x509.notAfter)) return;
    this.#fetching = this.#fetchX509().finally(() => (this.#fetching = undefined));
  }

  async #fetchX509(): Promise<void> {
    try {
      const svid = await this.#asked(() => this.#newX509());
      if (this.#isDropped) return;
      this.#noteIssued(svid.notAfter);
      this.#x509 = svid;
      this.#failure = undefined;
      this.#pauses.reset();
      if (this.#isRenewable(svid.notAfter)) this.#again((svid.rotateAt - this.#now()) * 1000);
    } catch (error) {
      if (this.#isDropped) return;
      if (!isFinal(error)) {
        this.#deps.logger.warn('X509-SVID of a task could not be fetched', { task_id: this.#task.id, error });
        this.#again(this.#pauses.next());
        return;
      }
      this.#failure = error;
    }
    for (const listener of [...this.#watchers]) listener();
  }

  #again(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = after(delayMs, () => {
      if (this.#watchers.size > 0) this.#wantX509();
    });
  }

  async #newX509(): Promise<X509SvidRecord> {
    const { connection, keys, clock, draw, rotation } = this.#deps;
    const [key] = await keys.make([this.#entry.spiffeId]);
    if (key === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'no key was made');
    const request = { task_id: this.#task.id, csr: Buffer.from(key.csrDer) };
    const { svid } = await connection.use(({ task }) =>
      callUnary<NewTaskX509SVIDResponseOutput>('NewX509SVID', clock, (options, done) =>
        task.NewX509SVID(request, options, done),
      ),
    );
    const record = recordX509Svid(this.#entry, key, svid?.cert_chain ?? [], draw(), rotation);
    if (record.leaf.taskId === this.#task.id) return record;
    throw new SvidError('ERR_X509_SVID_SPIFFE_ID', 'the server issued an X509-SVID for another task');
  }

  async #fetchToken(audience: readonly string[]): Promise<JwtSvidRecord> {
    const record = await this.#asked(() => this.#newToken(audience));
    this.#noteIssued(record.expiresAt);
    return record;
  }

  /** What comes after the end is handed to nobody, and revoked by the server. */
  #noteIssued(until: UnixSeconds): void {
    if (!this.#isDropped) this.#issuedUntil = Math.max(this.#issuedUntil, until);
  }

  async #newToken(audience: readonly string[]): Promise<JwtSvidRecord> {
    const { connection, clock } = this.#deps;
    const { svid } = await connection.use(({ task }) =>
      callUnary<NewTaskJWTSVIDResponseOutput>('NewJWTSVID', clock, (options, done) =>
        task.NewJWTSVID({ task_id: this.#task.id, audience: [...audience] }, options, done),
      ),
    );
    if (svid === null) throw new SvidError('ERR_JWT_MALFORMED', 'the server sent no JWT-SVID');
    const parsed = parseJwtSvidInsecure(svid.token);
    const { spiffeId } = this.#entry;
    const isOurs = spiffeIdFromWire(svid.id).equals(spiffeId) && parsed.id.equals(spiffeId);
    if (!isOurs || parsed.claims.get('task') !== this.#task.id) {
      throw new SvidError('ERR_JWT_SUBJECT', 'the server sent a JWT-SVID for another SPIFFE ID or task');
    }
    return {
      token: svid.token,
      keyId: parsed.keyId,
      issuedAt: Number(svid.issued_at),
      expiresAt: Number(svid.expires_at),
    };
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    const { gate, pace } = this.#deps;
    try {
      const answer = await gate.run(this.#user, async () => {
        await pace.take();
        return ask();
      });
      this.#issued += 1;
      return answer;
    } catch (error) {
      this.#refused(error);
      throw error;
    }
  }
}

function isFinal(error: unknown): error is SignetError {
  return error instanceof SignetError && FINAL.includes(error.code);
}
