import { SvidError } from '../errors.ts';
import type { JwtSvid } from '../svid/jwt-svid.ts';
import { type RevocableCertificate, RevocationSet } from './revocation-set.ts';
import type { Revocation } from './revocation.ts';

/** What a verifier refuses while it may have missed revocations: nothing, what was issued in a task, or all. */
export type FailClosedScope = 'none' | 'task' | 'all';

/** What a verifier does when it has not heard of revocations for long. */
export interface FailClosedPolicy {
  readonly scope: FailClosedScope;
  /** How old its knowledge may be, milliseconds; absent: three heartbeats of whoever tells it. */
  readonly afterMs?: number | undefined;
}

const HEARTBEATS_MISSED = 3;

/**
 * The revocations of one trust domain together with how fresh they are: what a verifier decides by. Ask it only about
 * credentials of that trust domain that have been verified.
 *
 * All times are monotonic milliseconds of the caller's clock.
 */
export class RevocationView {
  readonly set: RevocationSet = new RevocationSet();
  readonly #policy: FailClosedPolicy;
  #currentAtMs: number | undefined;
  #heartbeatMs = 0;
  #isUntold = false;

  constructor(policy: FailClosedPolicy) {
    this.#policy = policy;
  }

  /** Whether anybody tells of revocations, or may: false once it has been found that nobody does. */
  get isSupported(): boolean {
    return this.#currentAtMs !== undefined || !this.#isUntold;
  }

  /** How often the one who tells of them speaks, milliseconds; undefined when nobody has yet. */
  get heartbeatMs(): number | undefined {
    return this.#currentAtMs === undefined ? undefined : this.#heartbeatMs;
  }

  /** All that was revoked up to this moment is known. */
  knownAt(atMs: number, heartbeatMs: number): void {
    this.#currentAtMs = Math.max(atMs, this.#currentAtMs ?? atMs);
    this.#heartbeatMs = heartbeatMs;
  }

  /** Nobody will tell of what is revoked from now on: what is known is too old from this moment, until somebody tells again. */
  over(): void {
    if (this.isSupported) this.#currentAtMs = -Infinity;
  }

  /** Nobody tells of revocations, it has been found. What was told before goes on growing old. */
  untold(): void {
    this.#isUntold = true;
  }

  /** Since when something may have been missed; Infinity when nobody ever told. */
  ageMs(nowMs: number): number {
    return this.#currentAtMs === undefined ? Infinity : Math.max(0, nowMs - this.#currentAtMs);
  }

  /**
   * Whether more may have been missed than the policy bears: also as long as nothing has been told at all. Never where
   * nobody tells of revocations.
   */
  isStale(nowMs: number): boolean {
    const bound = this.#policy.afterMs ?? HEARTBEATS_MISSED * this.#heartbeatMs;
    return this.isSupported && this.ageMs(nowMs) > bound;
  }

  /** Why an X.509-SVID is not accepted: `ERR_SVID_REVOKED`, `ERR_REVOCATIONS_STALE`. */
  refusalOfX509(certificate: RevocableCertificate, nowMs: number): SvidError | undefined {
    return this.#refusal(this.set.findX509(certificate), certificate.taskId !== undefined, nowMs);
  }

  /** Why a JWT-SVID is not accepted: `ERR_SVID_REVOKED`, `ERR_REVOCATIONS_STALE`. */
  refusalOfJwt(svid: JwtSvid, nowMs: number): SvidError | undefined {
    return this.#refusal(this.set.findJwt(svid), svid.claims.has('task'), nowMs);
  }

  #refusal(revocation: Revocation | undefined, isOfTask: boolean, nowMs: number): SvidError | undefined {
    if (revocation !== undefined) {
      const what =
        revocation.target.kind === 'task' ? 'the task of the SVID has ended' : 'the SVID was revoked';
      return new SvidError('ERR_SVID_REVOKED', what, { details: { revocation: revocation.sequence } });
    }
    const { scope } = this.#policy;
    const isCovered = scope === 'all' || (scope === 'task' && isOfTask);
    if (!isCovered || !this.isStale(nowMs)) return undefined;
    return new SvidError(
      'ERR_REVOCATIONS_STALE',
      'what was revoked lately is not known, so the SVID is not accepted',
    );
  }
}
