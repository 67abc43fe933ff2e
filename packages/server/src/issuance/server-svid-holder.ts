import { AuthorityError, authorityIdOf, parseCertificate, type Bundle, type KeyType } from '@signet/core';
import { type Logger, type Metrics, noMetrics, timed, type Timer } from '@signet/daemon';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';
import type { BundleStore } from '../datastore/bundle-store.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { issueServerSvid, type ServerSvid } from './issue-server-svid.ts';
import { nextServerSvidCheckMs, planServerSvid } from './server-svid-plan.ts';

const RETRY_MS = 5_000;

export interface ServerSvidHolderDeps extends IssuanceDeps {
  readonly authority: IssuanceDeps['authority'] & Pick<CertificateAuthority, 'activeX509Authority'>;
  /** Type of the SVID's key: that of the CA. */
  readonly keyType: KeyType;
  readonly bundles: Pick<BundleStore, 'get'>;
  /** Bound to SPIRE's subsystem name `svid_rotator`. */
  readonly logger: Pick<Logger, 'info' | 'error'>;
  readonly after: (delayMs: number, run: () => void) => Timer;
  /** default: none. */
  readonly metrics?: Metrics;
}

/** Keeps the server's own SVID fresh: renewed after half its life, and at once when its authority gets tainted. */
export class ServerSvidHolder {
  readonly #deps: ServerSvidHolderDeps;
  readonly #listeners = new Set<(svid: ServerSvid) => void>();
  #svid: ServerSvid | undefined;
  #timer: Timer | undefined;
  #closed = false;

  constructor(deps: ServerSvidHolderDeps) {
    this.#deps = deps;
  }

  /** Issues the first SVID and starts the checks. @throws {AuthorityError} as `issueServerSvid`. */
  async start(): Promise<void> {
    await this.renew();
    this.#schedule();
  }

  /** The live SVID. @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY` before `start` ended. */
  current(): ServerSvid {
    if (this.#svid === undefined)
      throw new AuthorityError('ERR_AUTHORITY_NOT_READY', 'server is initializing');
    return this.#svid;
  }

  /** @returns a function that stops listening. */
  onChange(listener: (svid: ServerSvid) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Renews now, whatever the age. @throws {AuthorityError} as `issueServerSvid`; the former SVID stays. */
  async renew(): Promise<void> {
    const { keyType, metrics = noMetrics } = this.#deps;
    const counter = metrics.callCounter(['svid', 'rotate']);
    const svid = await timed(counter, () => issueServerSvid(keyType, this.#deps));
    this.#svid = svid;
    for (const listener of this.#listeners) listener(svid);
  }

  /** Renews when it is time to. What the timer calls. */
  async check(): Promise<void> {
    const { authority, bundles, settings, clock, logger } = this.#deps;
    const tainted = taintedIn(await bundles.get(settings.trustDomain));
    const reason = planServerSvid(
      this.current(),
      clock.nowMs() / 1000,
      authority.activeX509Authority().authorityId,
      tainted,
    );
    if (reason === undefined) return;
    logger.info('Rotating server SVID', { reason });
    await this.renew();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #schedule(): void {
    if (this.#closed) return;
    const delayMs = nextServerSvidCheckMs(this.current(), this.#deps.clock.nowMs() / 1000);
    this.#timer = this.#deps.after(delayMs, () => void this.#checkAndSchedule());
  }

  async #checkAndSchedule(): Promise<void> {
    try {
      await this.check();
      this.#schedule();
    } catch (error) {
      this.#deps.logger.error('Could not rotate server SVID', { error });
      if (!this.#closed) this.#timer = this.#deps.after(RETRY_MS, () => void this.#checkAndSchedule());
    }
  }
}

function taintedIn(bundle: Bundle | undefined): ReadonlySet<string> {
  const tainted = bundle?.x509Authorities.filter((authority) => authority.tainted) ?? [];
  return new Set(tainted.map((authority) => authorityIdOf(parseCertificate(authority.der))));
}
