import { status } from '@grpc/grpc-js';
import {
  authorizedEntryFromWire,
  type ListTaskEntriesResponseOutput,
  type TaskEntryOutput,
} from '@signet/api';
import { AgentError, type Clock, type RegistrationEntry, SignetError } from '@signet/core';
import { after, type Logger, type Timer } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import { hasStatus } from '../server-api/server-call-error.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { SelectorIndex } from '../sync/selector-index.ts';

/** What knowing the entries of tasks needs. */
export interface TaskEntriesDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** No agent has as many. */
const MAX_ENTRIES = 250_000;
const RETRY_MS = 2_000;

/** The entries whose workloads get credentials in tasks only: the server names them nowhere else. */
export class TaskEntries {
  readonly #deps: TaskEntriesDeps;
  #index = new SelectorIndex([]);
  #byId: ReadonlyMap<string, RegistrationEntry> = new Map();
  #underWay: Promise<void> | undefined;
  #again = false;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: TaskEntriesDeps) {
    this.#deps = deps;
  }

  /** The entries that apply to a workload with these selectors, ordered by ID. */
  match(selectors: ReadonlySet<string>): readonly RegistrationEntry[] {
    return this.#index.match(selectors);
  }

  get(id: string): RegistrationEntry | undefined {
    return this.#byId.get(id);
  }

  /** Asks the server; a call made while it is being asked has it asked once more. */
  refresh(): void {
    this.#again = true;
    this.#timer?.cancel();
    this.#underWay ??= this.#refreshAll().finally(() => (this.#underWay = undefined));
  }

  /** Resolves when what is being asked for is there, or could not be had. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  #isOver(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  async #refreshAll(): Promise<void> {
    while (this.#again && !this.#isClosed) {
      this.#again = false;
      try {
        const entries = await this.#fetch();
        this.#index = new SelectorIndex(entries);
        this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
      } catch (error) {
        if (this.#isOver()) return;
        // SPIRE's servers have none.
        if (hasStatus(error, status.UNIMPLEMENTED)) return;
        this.#deps.logger.warn('Failed to fetch the entries of tasks', { error });
        this.#timer = after(RETRY_MS, () => this.refresh());
        return;
      }
    }
  }

  async #fetch(): Promise<readonly RegistrationEntry[]> {
    const entries: RegistrationEntry[] = [];
    let pageToken = '';
    do {
      const page = await this.#page(pageToken);
      for (const each of page.entries) entries.push(...this.#read(each));
      if (entries.length > MAX_ENTRIES) {
        throw new AgentError('ERR_RESOURCE_EXHAUSTED', `the server sends more than ${MAX_ENTRIES} entries`);
      }
      pageToken = page.entries.length === 0 ? '' : page.next_page_token;
    } while (pageToken !== '');
    return entries;
  }

  #page(pageToken: string): Promise<ListTaskEntriesResponseOutput> {
    const { connection, clock } = this.#deps;
    return connection.use(({ task }) =>
      callUnary<ListTaskEntriesResponseOutput>('ListTaskEntries', clock, (options, done) =>
        task.ListTaskEntries({ page_token: pageToken }, options, done),
      ),
    );
  }

  #read({ entry }: TaskEntryOutput): readonly RegistrationEntry[] {
    try {
      return entry === null ? [] : [authorizedEntryFromWire(entry)];
    } catch (error) {
      if (!(error instanceof SignetError)) throw error;
      this.#deps.logger.warn('Ignoring malformed entry', { entry_id: entry?.id ?? '', error });
      return [];
    }
  }
}
