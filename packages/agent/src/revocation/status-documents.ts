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
/** Each new CRL is a message to every workload: those who must know at once have the feed of revocations. */
const PAUSE_MS = 1_000;

/** The server's CRLs, fetched when it tells that they changed. Verifiers without a feed get them with their bundles. */
export class StatusDocuments {
  readonly #deps: StatusDocumentsDeps;
  #underWay = false;
  #again = false;
  #timer: Timer | undefined;
  #isClosed = false;

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
    this.#timer = after(succeeded ? PAUSE_MS : RETRY_MS, () => {
      this.#underWay = false;
      if (this.#again || !succeeded) this.fetch();
    });
  }

  async #fetchOnce(): Promise<boolean> {
    const { connection, clock, logger, take } = this.#deps;
    try {
      const { crls } = await connection.use(({ feed }) =>
        callUnary<GetStatusDocumentsResponseOutput>('GetStatusDocuments', clock, (options, done) =>
          feed.GetStatusDocuments({}, options, done),
        ),
      );
      if (!this.#isClosed) take(crls);
      return true;
    } catch (error) {
      if (!this.#isClosed) logger.warn('Failed to fetch the certificate revocation lists', { error });
      return false;
    }
  }
}
