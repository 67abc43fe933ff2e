import type { GetStatusDocumentsResponseOutput } from '@signet/api';
import type { Clock } from '@signet/core';
import { after, type Logger, type Timer } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';

/** What keeping CRLs current needs. */
export interface StatusDocumentsDeps {
  readonly connection: ServerConnection;
  readonly clock: Clock;
  readonly logger: Logger;
  /** takes over all that there are, DER. */
  readonly take: (crls: readonly Buffer[]) => void;
}

const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;
/** They go to each workload with each message that has SVIDs or bundles, and clients take messages of 4 MiB. */
const MAX_BYTES = 1024 * 1024;
/** Each new CRL is a message to every workload: those who must know at once have the feed of revocations. */
const PAUSE_MS = 1_000;

/** The server's CRLs, fetched when it tells that they changed. Verifiers without a feed get them with their bundles. */
export class StatusDocuments {
  readonly #deps: StatusDocumentsDeps;
  #underWay = false;
  #again = false;
  #timer: Timer | undefined;
  #isClosed = false;
  #retryMs = RETRY_MS;
  #areTooLarge = false;

  constructor(deps: StatusDocumentsDeps) {
    this.#deps = deps;
  }

  /** Fetches them; a call made while they are being fetched has them fetched once more. */
  fetch(): void {
    this.#again = true;
    if (!this.#underWay) void this.#fetchThenRest();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  async #fetchThenRest(): Promise<void> {
    if (this.#isClosed) return;
    this.#underWay = true;
    this.#again = false;
    const succeeded = await this.#fetchOnce();
    const pauseMs = succeeded ? PAUSE_MS : this.#retryMs;
    this.#retryMs = succeeded ? RETRY_MS : Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
    this.#timer = after(pauseMs, () => {
      this.#underWay = false;
      if (this.#again || !succeeded) this.fetch();
    });
  }

  async #fetchOnce(): Promise<boolean> {
    const { connection, clock, logger } = this.#deps;
    try {
      const { crls } = await connection.use(({ feed }) =>
        callUnary<GetStatusDocumentsResponseOutput>('GetStatusDocuments', clock, (options, done) =>
          feed.GetStatusDocuments({}, options, done),
        ),
      );
      if (!this.#isClosed) this.#take(crls);
      return true;
    } catch (error) {
      if (!this.#isClosed) logger.warn('Failed to fetch the certificate revocation lists', { error });
      return false;
    }
  }

  /** All of them or none: a part would be taken for the whole. */
  #take(crls: readonly Buffer[]): void {
    const bytes = crls.reduce((sum, crl) => sum + crl.length, 0);
    const wereTooLarge = this.#areTooLarge;
    this.#areTooLarge = bytes > MAX_BYTES;
    if (this.#areTooLarge && !wereTooLarge) {
      const facts = { bytes, limit: MAX_BYTES };
      this.#deps.logger.warn(
        'The certificate revocation lists are too large for workloads to get them',
        facts,
      );
    }
    this.#deps.take(this.#areTooLarge ? [] : crls);
  }
}
