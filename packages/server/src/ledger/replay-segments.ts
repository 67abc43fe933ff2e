import { readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@signet/daemon';
import { SignetError } from '@signet/core';
import { parseLedgerRecord } from '../datastore/ledger-record-text.ts';
import type { LedgerStore } from '../datastore/ledger-store.ts';
import type { LedgerMark } from './ledger-mark.ts';
import { SEGMENT_HEADER } from './segment-file.ts';
import { readFrames, type SegmentPart } from './segment-frames.ts';
import { segmentNames } from './segment-names.ts';

/** Records in one transaction. */
const MAX_PART = 500;

/** What replaying works with. */
export interface ReplayDeps {
  readonly directory: string;
  readonly store: Pick<LedgerStore, 'append' | 'journals' | 'forgetJournal'>;
  readonly mark: Pick<LedgerMark, 'note'>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
}

/** What one file turned out to be. */
interface Replayed {
  readonly records: number;
  readonly damagedBytes: number;
}

/**
 * Brings what a server that did not stop in order has left in its journal into the datastore, and takes the files away.
 * A file that was damaged in the middle stays, renamed, after all that can be read of it was taken over.
 *
 * @throws {StoreError} the datastore does not take it; nothing is lost.
 */
export async function replaySegments(deps: ReplayDeps): Promise<void> {
  const { directory, store } = deps;
  const names = await segmentNames(directory);
  const indexed = await store.journals();
  for (const name of names) await replaySegment(name, indexed.get(name) ?? 0, deps);
  for (const name of indexed.keys()) if (!names.includes(name)) await store.forgetJournal(name);
}

async function replaySegment(name: string, indexed: number, deps: ReplayDeps): Promise<void> {
  const path = join(deps.directory, name);
  const { records, damagedBytes } = await takeOver(name, await readFile(path), indexed, deps);
  if (records > 0) deps.logger.info('Took over what the ledger journal held', { journal: name, records });
  await deps.mark.note();
  if (damagedBytes === 0) await unlink(path);
  else {
    const kept = `${path}.damaged`;
    deps.logger.error(
      'The ledger journal is damaged: credentials may have been issued that the ledger does not know',
      {
        journal: name,
        damaged_bytes: damagedBytes,
        salvaged_records: records,
        kept_as: kept,
      },
    );
    await rename(path, kept);
  }
  await deps.store.forgetJournal(name);
}

async function takeOver(
  journal: string,
  bytes: Uint8Array,
  indexed: number,
  { store }: ReplayDeps,
): Promise<Replayed> {
  let from = indexed;
  let records = 0;
  let damagedBytes = 0;
  let part: string[] = [];
  let to = from;
  const handOver = async (): Promise<void> => {
    if (part.length === 0) return;
    await store.append({ journal, from, to, records: part });
    records += part.length;
    from = to;
    part = [];
  };
  for (const found of framesOf(bytes, indexed)) {
    to = found.end;
    if (found.kind === 'text' && isRecord(found.text)) part.push(found.text);
    else damagedBytes += found.kind === 'damage' ? found.end - found.from : Buffer.byteLength(found.text);
    if (part.length >= MAX_PART) await handOver();
  }
  await handOver();
  return { records, damagedBytes };
}

/** A file whose very beginning is damaged is searched like any other damage. */
function framesOf(bytes: Uint8Array, indexed: number): Generator<SegmentPart> {
  const hasHeader = Buffer.compare(bytes.subarray(0, SEGMENT_HEADER.length), SEGMENT_HEADER) === 0;
  return readFrames(bytes, Math.max(indexed, hasHeader ? SEGMENT_HEADER.length : 0));
}

function isRecord(text: string): boolean {
  try {
    parseLedgerRecord(text);
    return true;
  } catch (error) {
    if (error instanceof SignetError) return false;
    throw error;
  }
}
