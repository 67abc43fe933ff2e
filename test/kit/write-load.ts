import { type ServiceError, status } from '@grpc/grpc-js';
import type { WireEntryOutput } from '@signet/api';
import { parseCertificate } from '@signet/core';
import { callUnary } from './grpc-call.ts';
import type { ServerApi } from './server-api.ts';
import { testCsr } from './test-csr.ts';
import type { ObservedRow, WriteHistory } from './write-history.ts';

const PARENT = { trust_domain: 'example.org', path: '/spire/agent/join_token/none' };
const ROWS_PER_WRITER = 12;

/** A random number in [0, 1). */
export type Draw = () => number;

/** Clients that write without pause until the server is gone; each owns some entries. */
export class WriteLoad {
  readonly #history: WriteHistory;
  readonly #draw: Draw;
  readonly #ids = new Map<string, string>();
  #nextValue = 0;
  #nextWriter = 0;
  answered = 0;

  constructor(history: WriteHistory, draw: Draw) {
    this.#history = history;
    this.#draw = draw;
  }

  /** Runs writers and minters until each has lost its server or the signal aborts. */
  async run(
    api: ServerApi,
    signal: AbortSignal,
    { writers, minters }: { writers: number; minters: number },
  ): Promise<void> {
    await Promise.all([
      ...Array.from({ length: writers }, () => this.#writer(api, signal)),
      ...Array.from({ length: minters }, () => this.#minter(api, signal)),
    ]);
  }

  /** What the server has. */
  async observe(api: ServerApi): Promise<readonly ObservedRow[]> {
    const rows: ObservedRow[] = [];
    let page = '';
    do {
      const request = { page_size: 500, page_token: page };
      const answer = await callUnary(api.entry, api.entry.ListEntries, request);
      for (const entry of answer.entries) {
        const key = entry.spiffe_id?.path ?? '';
        this.#ids.set(key, entry.id);
        rows.push({ key, value: entry.hint, revision: BigInt(entry.revision_number) });
      }
      page = answer.next_page_token;
    } while (page !== '');
    return rows;
  }

  async #writer(api: ServerApi, signal: AbortSignal): Promise<void> {
    const name = `/w${this.#nextWriter++ % 64}`;
    while (!signal.aborted) {
      const key = `${name}/${Math.floor(this.#draw() * ROWS_PER_WRITER)}`;
      if (!(await this.#write(api, key))) return;
      this.answered += 1;
    }
  }

  /** @returns false when there was no answer. */
  async #write(api: ServerApi, key: string): Promise<boolean> {
    const value = `v${this.#nextValue++}`;
    if (this.#history.present(key) === undefined) return this.#put(api, 'create', key, value);
    return this.#draw() < 0.3 ? this.#delete(api, key) : this.#put(api, 'update', key, value);
  }

  async #put(api: ServerApi, kind: 'create' | 'update', key: string, value: string): Promise<boolean> {
    const result = await answerOf(() =>
      kind === 'create' ? create(api, key, value) : update(api, this.#idOf(key), value),
    );
    if (result === undefined) {
      this.#history.unanswered(key, value);
      return false;
    }
    if (result.entry === null) this.#history.refused(key, `${kind} was refused: ${result.refusal}`);
    else {
      this.#ids.set(key, result.entry.id);
      this.#history.written(key, value, BigInt(result.entry.revision_number));
    }
    return true;
  }

  async #delete(api: ServerApi, key: string): Promise<boolean> {
    const refusal = await answerOf(() => remove(api, this.#idOf(key)));
    if (refusal === undefined) this.#history.unanswered(key, undefined);
    else if (refusal !== '') this.#history.refused(key, `delete was refused: ${refusal}`);
    else this.#history.deleted(key);
    return refusal !== undefined;
  }

  async #minter(api: ServerApi, signal: AbortSignal): Promise<void> {
    const csr = testCsr({ uri: 'spiffe://example.org/minted' }).der;
    while (!signal.aborted) {
      const answer = await answerOf(() => callUnary(api.svid, api.svid.MintX509SVID, { csr, ttl: 600 }));
      if (answer === undefined) return;
      const [leaf] = answer.svid?.cert_chain ?? [];
      if (leaf !== undefined) this.#history.issued(parseCertificate(leaf).serialHex);
    }
  }

  #idOf(key: string): string {
    return this.#ids.get(key) ?? '';
  }
}

interface PutResult {
  readonly entry: WireEntryOutput | null;
  readonly refusal: string;
}

async function create(api: ServerApi, key: string, hint: string): Promise<PutResult> {
  const selectors = [{ type: 'unix', value: `path:${key}` }];
  const entry = { parent_id: PARENT, spiffe_id: { trust_domain: 'example.org', path: key }, selectors, hint };
  const { results } = await callUnary(api.entry, api.entry.BatchCreateEntry, { entries: [entry] });
  return putResult(results);
}

async function update(api: ServerApi, id: string, hint: string): Promise<PutResult> {
  const request = { entries: [{ id, hint }], input_mask: { hint: true } };
  const { results } = await callUnary(api.entry, api.entry.BatchUpdateEntry, request);
  return putResult(results);
}

function putResult(
  results: readonly { status: { code: number; message: string } | null; entry: WireEntryOutput | null }[],
): PutResult {
  const [result] = results;
  const isDone = result?.status?.code === status.OK;
  return { entry: isDone ? result.entry : null, refusal: result?.status?.message ?? 'no result' };
}

/** @returns '' when it was deleted. */
async function remove(api: ServerApi, id: string): Promise<string> {
  const { results } = await callUnary(api.entry, api.entry.BatchDeleteEntry, { ids: [id] });
  const [result] = results;
  return result?.status?.code === status.OK ? '' : (result?.status?.message ?? 'no result');
}

const NO_ANSWER: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.INTERNAL,
  status.UNKNOWN,
]);

/** What the call gives; undefined when whether it was carried out is not known. */
async function answerOf<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (NO_ANSWER.has((error as ServiceError).code)) return undefined;
    throw error;
  }
}
