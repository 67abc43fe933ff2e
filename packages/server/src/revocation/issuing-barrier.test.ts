import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, RevocationSet } from '@signet/core';
import fc from 'fast-check';
import type { IssuedCredential } from '../ca/issued-credential.ts';
import { coverEntries, coverTasks } from './covers.ts';
import { IssuingBarrier } from './issuing-barrier.ts';

const NOW = 1_800_000_000;
const spiffeId = parseSpiffeId('spiffe://example.org/web');
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/a');

function credentialOf(entryId: string, fields: Partial<IssuedCredential> = {}): IssuedCredential {
  return {
    kind: 'jwt',
    spiffeId,
    authorityId: 'a',
    jti: 'j',
    audience: [],
    issuedAt: NOW,
    expiresAt: NOW + 60,
    origin: { by: 'entry', entryId, agentId, selectors: [] },
    ...fields,
  } as IssuedCredential;
}

function barrierAt(nowMs: number, set = new RevocationSet()) {
  const delays: number[] = [];
  const barrier = new IssuingBarrier({
    clock: { nowMs: () => nowMs },
    revoked: set,
    delay: (ms) => {
      delays.push(ms);
      return Promise.resolve();
    },
  });
  return { barrier, delays };
}

/** One issuance or deletion, step by step, as its parts wait for others. */
type Actor = Generator<void, void>;

/** Entries, a ledger that learns late, and what was handed out. */
class World {
  readonly barrier: IssuingBarrier = barrierAt(NOW * 1000).barrier;
  readonly entries = new Set(['e1', 'e2']);
  readonly journaled: string[] = [];
  indexed = 0;
  readonly revoked = new Set<string>();
  readonly handedOut = new Map<string, string>();
  #last = 0;

  *issue(entryId: string): Actor {
    if (!this.entries.has(entryId)) return;
    const passage = this.barrier.enter();
    yield;
    const serial = `${entryId}/${++this.#last}`;
    yield;
    this.journaled.push(serial);
    yield;
    if (!passage.isHeld(credentialOf(entryId))) this.handedOut.set(serial, entryId);
    passage.leave();
  }

  *delete(entryId: string): Actor {
    const lower = this.barrier.raise(coverEntries([entryId]));
    yield;
    this.indexed = Math.max(this.indexed, this.journaled.length);
    yield;
    this.entries.delete(entryId);
    for (const serial of this.journaled.slice(0, this.indexed)) {
      if (serial.startsWith(`${entryId}/`)) this.revoked.add(serial);
    }
    yield;
    lower();
  }
}

describe('IssuingBarrier', () => {
  it('lets nothing escape that is issued while its entry is deleted, in whatever order the steps come', () => {
    const entryId = fc.constantFrom('e1', 'e2');
    const act = fc.record({ what: fc.constantFrom('issue' as const, 'delete' as const), entryId });
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 60 }),
        (acts, turns) => {
          const world = new World();
          const running = acts.map(({ what, entryId: id }) => world[what](id));
          const step = (at: number): void => {
            if (running[at]?.next().done === true) running.splice(at, 1);
          };
          for (const turn of turns) if (running.length > 0) step(turn % running.length);
          while (running.length > 0) step(0);
          for (const [serial, id] of world.handedOut) {
            expect([serial, world.entries.has(id) || world.revoked.has(serial)]).toEqual([serial, true]);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('hands out what no revocation concerns, and what is ordered after one', () => {
    const { barrier } = barrierAt(NOW * 1000);
    const before = barrier.enter();
    const lower = barrier.raise(coverEntries(['e1']));
    const during = barrier.enter();
    lower();
    const after = barrier.enter();
    const held = [before, during, after].map((passage) =>
      ['e1', 'e2'].map((entryId) => passage.isHeld(credentialOf(entryId))),
    );
    expect(held).toEqual([
      [true, false],
      [true, false],
      [false, false],
    ]);
  });

  describe('for what is issued in a task', () => {
    const tasks = new Map([
      [
        'child',
        [
          { id: 'child', entryId: 'e2' },
          { id: 'parent', entryId: 'e1' },
        ],
      ],
      ['parent', [{ id: 'parent', entryId: 'e1' }]],
    ]);
    const barrier = new IssuingBarrier({
      clock: { nowMs: () => NOW * 1000 },
      revoked: new RevocationSet(),
      delay: () => Promise.resolve(),
      tasks: { lineage: (id) => tasks.get(id) },
    });
    const inTask = (taskId: string, entryId: string): IssuedCredential =>
      credentialOf(entryId, { origin: { by: 'entry', entryId, agentId, taskId, selectors: [] } });

    it.each([
      ['its end', coverTasks(['child']), true],
      ['the end of one above it', coverTasks(['parent']), true],
      ['the end of another', coverTasks(['other']), false],
      ['the end of its entry', coverEntries(['e2']), true],
      ['the end of the entry of one above it', coverEntries(['e1']), true],
      ['the end of another entry', coverEntries(['e3']), false],
    ])('%s holds it, or not', (_, cover, isHeld) => {
      const passage = barrier.enter();
      barrier.raise(cover)();
      expect(passage.isHeld(inTask('child', 'e2'))).toBe(isHeld);
      expect(barrier.enter().isHeld(inTask('child', 'e2'))).toBe(false);
    });

    it('holds it when the task has ended, whatever was announced', () => {
      expect(barrier.enter().isHeld(inTask('over', 'e1'))).toBe(true);
    });
  });

  describe('in the second in which a SPIFFE ID is revoked', () => {
    const set = new RevocationSet();
    const target = { kind: 'subject', spiffeId: spiffeId.uri, isPrefix: true, issuedUntil: NOW } as const;
    const times = { revokedAt: NOW, expiresAt: NOW + 600 };
    set.apply([{ sequence: 1, reason: 'unspecified', ...times, target }], { isFullState: false });

    it.each([
      ['waits for the next', NOW * 1000 + 250, spiffeId.uri, [750]],
      ['lets others pass', NOW * 1000 + 250, 'spiffe://example.org/webs', []],
      ['does not wait later', NOW * 1000 + 1000, spiffeId.uri, []],
    ])('%s', async (_, nowMs, id, expected) => {
      const { barrier, delays } = barrierAt(nowMs, set);
      await barrier.ready([id]);
      expect(delays).toEqual(expected);
    });

    it('holds what was issued all the same, as after a clock that was set back', () => {
      const { barrier } = barrierAt(NOW * 1000, set);
      const passage = barrier.enter();
      expect(passage.isHeld(credentialOf('e1'))).toBe(true);
      expect(passage.isHeld(credentialOf('e1', { issuedAt: NOW + 1 }))).toBe(false);
    });
  });
});
