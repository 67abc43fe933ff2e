import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '@signet/core';
import { noMetrics } from '@signet/daemon';
import { formatLedgerRecord } from '../datastore/ledger-record-text.ts';
import { temporaryFolders } from '../datastore/sqlite/testdata/temporary-folder.ts';
import { ledgerRecordOf } from './ledger-record.ts';
import { openLedger, type Ledger, type LedgerDeps } from './ledger.ts';
import { SEGMENT_HEADER } from './segment-file.ts';
import { FrameBuffer } from './segment-frames.ts';
import { onFaultyDisk, systemError, type DiskFaults } from './testdata/failing-segment.ts';
import { issuedTokens } from './testdata/issued-credentials.ts';
import { MemoryLedgerStore } from './testdata/memory-ledger-store.ts';

const folder = temporaryFolders();
const waits = 20_000;

interface World {
  readonly directory: string;
  readonly store: MemoryLedgerStore;
  readonly log: string[];
  open(change?: Partial<LedgerDeps>): Promise<Ledger>;
}

function world(): World {
  const directory = join(folder(), 'ledger');
  const store = new MemoryLedgerStore();
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const logger = { error: note, info: note, warn: note };
  const open = (change: Partial<LedgerDeps> = {}): Promise<Ledger> =>
    openLedger({ directory, sync: 'batched', store, metrics: noMetrics, logger, ...change });
  return { directory, store, log, open };
}

/** A journal file as a server leaves it that was killed. */
function segmentOf(...ids: readonly string[]): Buffer {
  const frames = new FrameBuffer();
  for (const token of issuedTokens(...ids)) frames.add(formatLedgerRecord(ledgerRecordOf(token)));
  return Buffer.concat([SEGMENT_HEADER, frames.take()]);
}

const NAME = '000000000007-0123456789abcdef.journal';

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the ledger', () => {
  it('has what was issued on file before the hook is done, and in the datastore when flushed', async () => {
    const { directory, store, open } = world();
    const release = store.hold();
    const ledger = await open();
    await ledger.issued(issuedTokens('a', 'b'));
    const [name = ''] = readdirSync(directory);
    expect(readFileSync(join(directory, name)).equals(segmentOf('a', 'b'))).toBe(true);
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    release();
    await ledger.flushed();
    expect(store.records).toEqual(issuedTokens('a', 'b').map(ledgerRecordOf));
    await ledger.close();
  });

  it('flushes what is asked for in the same turn of the event loop', async () => {
    const { store, open } = world();
    const ledger = await open();
    const recorded = ledger.issued(issuedTokens('now'));
    await ledger.flushed();
    expect(store.credentials).toEqual(['now']);
    await recorded;
    await ledger.close();
  });

  it('leaves nothing behind when it is closed in order', async () => {
    const { directory, store, open } = world();
    const ledger = await open();
    await ledger.issued(issuedTokens('a'));
    await ledger.close();
    expect(store.credentials).toEqual(['a']);
    expect([readdirSync(directory), store.indexed.size]).toEqual([[], 0]);
    await expect(ledger.issued(issuedTokens('late'))).rejects.toMatchObject({ code: 'ERR_STORE_CLOSED' });
  });

  it('begins new files, and deletes those that the datastore has', async () => {
    const { directory, store, open } = world();
    const release = store.hold();
    const ledger = await open({ maxSegmentBytes: 300 });
    const ids = Array.from({ length: 10 }, (_, i) => `t${i}`);
    for (const id of ids) await ledger.issued(issuedTokens(id));
    expect(readdirSync(directory).length).toBeGreaterThan(3);
    release();
    await ledger.flushed();
    await until(() => readdirSync(directory).length === 1);
    expect(store.credentials).toEqual(ids);
    await ledger.close();
  });

  it('refuses what would be too long to keep, and only that', async () => {
    const { store, open } = world();
    const ledger = await open();
    const [token] = issuedTokens('long');
    const long = { ...token!, audience: ['x'.repeat(2 ** 20)] };
    const outcomes = await Promise.allSettled([ledger.issued([long]), ledger.issued(issuedTokens('short'))]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'ERR_LEDGER_RECORD_SIZE' } },
      { status: 'fulfilled' },
    ]);
    await ledger.close();
    expect(store.credentials).toEqual(['short']);
  });
});

describe('a ledger whose disk fails', () => {
  it.each([
    ['no space is left', 'ENOSPC'],
    ['a write fails', 'EIO'],
  ] as const)(
    'refuses to issue when %s, and goes on when that is over',
    async (_, code) => {
      const { store, log, open } = world();
      const faults: DiskFaults = {};
      const ledger = await open({ createSegment: onFaultyDisk(faults) });
      const heard: (string | undefined)[] = [];
      ledger.onTurn(() => heard.push(ledger.problem()));
      await ledger.issued(issuedTokens('before'));
      faults.write = systemError(code);
      const error = { code: 'ERR_LEDGER_UNAVAILABLE' };
      await expect(ledger.issued(issuedTokens('lost'))).rejects.toMatchObject(error);
      await expect(ledger.issued(issuedTokens('lost'))).rejects.toMatchObject(error);
      expect(ledger.problem()).toMatch(/journal/);
      delete faults.write;
      await until(() => ledger.problem() === undefined);
      expect(heard).toEqual(['the journal cannot be written', undefined]);
      await ledger.issued(issuedTokens('after'));
      await ledger.close();
      expect(store.credentials).toEqual(['before', 'after']);
      expect(log).toEqual([
        'The ledger cannot be written; nothing is issued until it can',
        'The ledger can be written again',
      ]);
    },
    waits,
  );

  it(
    'stays closed until a new file can be begun',
    async () => {
      const { open } = world();
      const faults: DiskFaults = {};
      const ledger = await open({ createSegment: onFaultyDisk(faults) });
      faults.write = systemError('EIO');
      await expect(ledger.issued(issuedTokens('a'))).rejects.toThrow();
      faults.create = systemError('ENOSPC');
      delete faults.write;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await expect(ledger.issued(issuedTokens('b'))).rejects.toMatchObject({
        code: 'ERR_LEDGER_UNAVAILABLE',
      });
      delete faults.create;
      await until(() => ledger.problem() === undefined);
      await ledger.close();
    },
    waits,
  );

  it(
    'waits, after a failed sync, until what it does not know to be on disk is in the datastore',
    async () => {
      const { store, open } = world();
      const faults: DiskFaults = { sync: systemError('EIO') };
      const ledger = await open({ createSegment: onFaultyDisk(faults) });
      const release = store.hold();
      await ledger.issued(issuedTokens('a'));
      await until(() => ledger.problem() !== undefined);
      delete faults.sync;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await expect(ledger.issued(issuedTokens('b'))).rejects.toMatchObject({
        code: 'ERR_LEDGER_UNAVAILABLE',
      });
      release();
      await until(() => ledger.problem() === undefined);
      expect(store.credentials).toEqual(['a']);
      await ledger.issued(issuedTokens('c'));
      await ledger.close();
      expect(store.credentials).toEqual(['a', 'c']);
    },
    waits,
  );

  it('hands nothing out before the sync with ledger_sync = always', async () => {
    const { open } = world();
    const faults: DiskFaults = {};
    const ledger = await open({ sync: 'always', createSegment: onFaultyDisk(faults) });
    await ledger.issued(issuedTokens('a'));
    faults.sync = systemError('EIO');
    await expect(ledger.issued(issuedTokens('b'))).rejects.toMatchObject({ code: 'ERR_LEDGER_UNAVAILABLE' });
    await ledger.close();
  });
});

describe('a ledger whose datastore lags', () => {
  it('slows issuing instead of filling the memory', async () => {
    const { store, open } = world();
    const ledger = await open({ maxBacklogCharacters: 250 });
    const release = store.hold();
    await ledger.issued(issuedTokens('a'));
    await ledger.issued(issuedTokens('b'));
    let isDone = false;
    const third = Promise.resolve(ledger.issued(issuedTokens('c'))).then(() => (isDone = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([isDone, ledger.problem()]).toEqual([false, 'the datastore lags behind the journal']);
    release();
    await third;
    await ledger.close();
    expect(store.credentials).toEqual(['a', 'b', 'c']);
  });

  it(
    'refuses in the end',
    async () => {
      const { store, open } = world();
      const ledger = await open({ maxBacklogCharacters: 1 });
      const release = store.hold();
      await ledger.issued(issuedTokens('a'));
      await expect(ledger.issued(issuedTokens('b'))).rejects.toMatchObject({ code: 'ERR_LEDGER_BACKLOG' });
      release();
      await ledger.close();
    },
    waits,
  );

  it(
    'tries again until it takes the records, each once',
    async () => {
      const { store, log, open } = world();
      const ledger = await open();
      store.failure = new StoreError('ERR_STORE_UNAVAILABLE', 'down');
      await ledger.issued(issuedTokens('a'));
      await until(() => ledger.problem() !== undefined);
      store.failure = undefined;
      await ledger.flushed();
      await ledger.close();
      expect(store.credentials).toEqual(['a']);
      expect(log).toEqual([
        'The datastore does not take over the ledger',
        'The datastore takes over the ledger again',
      ]);
    },
    waits,
  );
});

describe('the start after a kill', () => {
  async function replayed(bytes: Uint8Array, change: (at: World) => void = () => undefined): Promise<World> {
    const at = world();
    await (await at.open()).close();
    writeFileSync(join(at.directory, NAME), bytes, { mode: 0o600 });
    change(at);
    await (await at.open()).close();
    return at;
  }

  it('takes over what is on file', async () => {
    const { directory, store } = await replayed(segmentOf('a', 'b'));
    expect(store.credentials).toEqual(['a', 'b']);
    expect([readdirSync(directory), store.indexed.size]).toEqual([[], 0]);
  });

  it('takes over what the datastore does not have, and no more', async () => {
    const { store } = await replayed(segmentOf('a', 'b', 'c'), (at) => {
      at.store.indexed.set(NAME, segmentOf('a', 'b').length);
    });
    expect(store.credentials).toEqual(['c']);
  });

  it('takes over many, in parts', async () => {
    const ids = Array.from({ length: 1234 }, (_, i) => `t${i}`);
    expect((await replayed(segmentOf(...ids))).store.credentials).toEqual(ids);
  });

  it('takes over all whole records of a file that was cut anywhere, without a word', async () => {
    const whole = segmentOf('a', 'b');
    const first = segmentOf('a').length;
    for (const length of [0, 5, SEGMENT_HEADER.length, first - 1, first, first + 3, whole.length - 1]) {
      const { store, log, directory } = await replayed(whole.subarray(0, length));
      expect([length, store.credentials]).toEqual([length, length < first ? [] : ['a']]);
      expect(log.filter((line) => /damaged/.test(line))).toEqual([]);
      expect(readdirSync(directory)).toEqual([]);
    }
  });

  it('salvages what follows damage, says so, and keeps the file', async () => {
    const bytes = segmentOf('a', 'b', 'c');
    bytes.fill(0x20, segmentOf('a').length + 3, segmentOf('a').length + 40);
    const { store, log, directory } = await replayed(bytes);
    expect(store.credentials).toEqual(['a', 'c']);
    expect(log).toContainEqual(expect.stringMatching(/journal is damaged/));
    expect(readdirSync(directory)).toEqual([`${NAME}.damaged`]);
  });

  it('salvages a file whose beginning is damaged', async () => {
    const bytes = segmentOf('a', 'b');
    bytes.fill(0, 0, 20);
    const { store, directory } = await replayed(bytes);
    expect(store.credentials).toEqual(['b']);
    expect(readdirSync(directory)).toEqual([`${NAME}.damaged`]);
  });

  it('counts what is whole but no record as damage', async () => {
    const frames = new FrameBuffer();
    frames.add('["something else"]');
    const { store, directory } = await replayed(
      Buffer.concat([SEGMENT_HEADER, frames.take(), segmentOf('a').subarray(SEGMENT_HEADER.length)]),
    );
    expect(store.credentials).toEqual(['a']);
    expect(readdirSync(directory)).toEqual([`${NAME}.damaged`]);
  });

  it('forgets files that are gone', async () => {
    const { store } = await replayed(segmentOf('a'), (at) => void at.store.indexed.set('gone', 10));
    expect(store.indexed.has('gone')).toBe(false);
  });

  it('does not begin while the datastore takes nothing', async () => {
    const at = world();
    await (await at.open()).close();
    writeFileSync(join(at.directory, NAME), segmentOf('a'));
    at.store.failure = new StoreError('ERR_STORE_UNAVAILABLE', 'down');
    await expect(at.open()).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' });
    expect(readdirSync(at.directory)).toEqual([NAME]);
  });
});

describe('a datastore that is older than what was issued', () => {
  const issue = async ({ open }: World, ...ids: readonly string[]): Promise<void> => {
    const ledger = await open();
    await ledger.issued(issuedTokens(...ids));
    await ledger.close();
  };

  it('is noticed at each start, until that was accepted', async () => {
    const before = world();
    await issue(before, 'a');
    const backup = new MemoryLedgerStore();
    backup.records.push(...before.store.records);
    await issue(before, 'b', 'c');
    for (const store of [before.store, backup]) {
      const isLacking = store === backup;
      for (let start = 0; start < 2; start++) {
        const ledger = await before.open({ store });
        expect(ledger.isLacking).toBe(isLacking);
        await ledger.issued(issuedTokens(`d${start}`));
        await ledger.flushed();
        if (start === 1) await ledger.acceptLack();
        await ledger.close();
        if (isLacking && start === 0) backup.records.splice(1);
      }
    }
    const ledger = await before.open({ store: backup });
    expect(ledger.isLacking).toBe(false);
    await ledger.close();
  });

  it('lacks nothing that is still in the journal', async () => {
    const at = world();
    await issue(at, 'a');
    writeFileSync(join(at.directory, NAME), segmentOf('b', 'c'));
    const backup = new MemoryLedgerStore();
    backup.records.push(...at.store.records);
    await (await at.open()).close();
    writeFileSync(join(at.directory, NAME), segmentOf('b', 'c'));
    writeFileSync(`${at.directory}.position`, '1\n');
    const ledger = await at.open({ store: backup });
    expect([ledger.isLacking, backup.credentials]).toEqual([false, ['a', 'b', 'c']]);
    await ledger.close();
  });

  it('may be one when nobody can tell', async () => {
    const at = world();
    await issue(at, 'a');
    writeFileSync(`${at.directory}.position`, 'something else');
    const ledger = await at.open();
    expect(ledger.isLacking).toBe(true);
    await ledger.close();
  });
});
