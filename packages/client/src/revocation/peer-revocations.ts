import {
  type FailClosedPolicy,
  RevocationRetention,
  RevocationView,
  type SpiffeId,
  type SvidError,
} from '@signet/core';
import type { WorkloadApiError } from '../errors.ts';
import { Listeners } from '../source/listeners.ts';
import { follow } from '../source/follow.ts';
import type { RevocationNews } from './revocation-news.ts';

/** What a source knows of what its peers may no longer use. */
export interface RevocationKnowledge {
  /** Whether the agent tells of revocations, or may. Once it is known not to, SVIDs are good until they expire. */
  readonly isSupported: boolean;
  /** How old the knowledge is, milliseconds; Infinity when there is none. */
  readonly ageMs: number;
  /** Whether it is so old that what the source's `failClosed` says is refused. */
  readonly isStale: boolean;
}

/** Opens the agent's feed of revocations. */
export type OpenRevocations = (signal: AbortSignal) => AsyncIterable<RevocationNews>;

/** The first news must not keep a program from starting that has no use for them. */
const FIRST_NEWS_MS = 2_000;

/** The revocations of the own trust domain, as the agent tells them. */
export class PeerRevocations {
  readonly changes: Listeners<[]> = new Listeners();
  readonly #view: RevocationView;
  readonly #retention = new RevocationRetention(Date.now(), performance.now());
  readonly #ownTrustDomain: () => string | undefined;
  #trustDomain: string | undefined;

  private constructor(policy: FailClosedPolicy, ownTrustDomain: () => string | undefined) {
    this.#view = new RevocationView(policy);
    this.#ownTrustDomain = ownTrustDomain;
  }

  /**
   * Follows the feed until the signal aborts. Ends its wait when the first state is there, or none will be.
   *
   * @param ownTrustDomain - by the own SVIDs, for as long as the agent has not told of which one its revocations are.
   */
  static async open(
    openFeed: OpenRevocations,
    policy: FailClosedPolicy,
    signal: AbortSignal,
    ownTrustDomain: () => string | undefined = () => undefined,
  ): Promise<PeerRevocations> {
    const self = new PeerRevocations(policy, ownTrustDomain);
    await new Promise<void>((settle) => {
      const timer = setTimeout(settle, FIRST_NEWS_MS);
      signal.addEventListener('abort', () => settle(), { once: true });
      const update = (news: RevocationNews): void => {
        self.#take(news);
        settle();
      };
      const failure = ({ code }: WorkloadApiError): void => {
        if (code === 'ERR_UNIMPLEMENTED') self.#view.untold();
        settle();
      };
      void follow(openFeed, { update, failure }, signal).finally(() => clearTimeout(timer));
    });
    return self;
  }

  get knowledge(): RevocationKnowledge {
    const nowMs = performance.now();
    const { isSupported } = this.#view;
    return { isSupported, ageMs: this.#view.ageMs(nowMs), isStale: this.#view.isStale(nowMs) };
  }

  /** Whether revocations are told of credentials of this trust domain; of any, while nobody knows which one is the own. */
  covers({ trustDomain }: SpiffeId): boolean {
    const own = this.#trustDomain ?? this.#ownTrustDomain();
    return own === undefined || trustDomain.name === own;
  }

  /** Why a verified certificate is not accepted that is covered. */
  refusalOfX509(certificate: Parameters<RevocationView['refusalOfX509']>[0]): SvidError | undefined {
    return this.#view.refusalOfX509(certificate, performance.now());
  }

  /** Why a verified token is not accepted that is covered. */
  refusalOfJwt(svid: Parameters<RevocationView['refusalOfJwt']>[0]): SvidError | undefined {
    return this.#view.refusalOfJwt(svid, performance.now());
  }

  #take({ revocations, isFullState, ageMs, heartbeatMs, isOver, trustDomain }: RevocationNews): void {
    this.#trustDomain = trustDomain;
    // An agent whose server tells of none knows of none: that takes back nothing of what was told before.
    const isAll = isFullState && ageMs !== undefined;
    if (revocations.length > 0 || isAll) this.#view.set.apply(revocations, { isFullState: isAll });
    if (ageMs === undefined) this.#view.untold();
    else this.#view.knownAt(performance.now() - ageMs, heartbeatMs);
    if (isOver) this.#view.over();
    this.#view.set.forgetExpired(this.#retention.forgettableAt(Date.now(), performance.now()));
    if (revocations.length > 0 || isOver) this.changes.notify();
  }
}
