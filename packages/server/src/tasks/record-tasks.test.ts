import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Task, TaskEndCause } from '@signet/core';
import { lineLogger } from '../ca/testdata/test-authority.ts';
import type { Change } from '../datastore/change-log.ts';
import { ActiveTasks } from './active-tasks.ts';
import { recordTasks } from './record-tasks.ts';

const task = (id: string): Task => ({
  id,
  parentId: '',
  spiffeId: 'spiffe://example.org/a',
  entryId: 'e1',
  agentId: 'spiffe://example.org/spire/agent/a',
  purpose: 'report',
  audiences: [],
  destinations: [],
  beganAt: 1,
  deadline: 61,
  depth: 1,
  budget: 0,
  issued: 2,
  begunBy: '',
  offlineLease: 0,
});

describe('recordTasks', () => {
  let commit: (tasks: readonly Task[]) => void;
  let counts: string[];
  let gauges: number[];
  let log: string[];
  let stop: () => void;

  beforeEach(async () => {
    [counts, gauges, log] = [[], [], []];
    let listener: (changes: readonly Change[]) => void = () => undefined;
    const active = await ActiveTasks.open({
      tasks: { active: () => Promise.resolve([task('before')]) },
      changes: {
        onCommit: (listen) => {
          listener = listen;
          return () => undefined;
        },
      },
    });
    commit = (tasks) =>
      listener(tasks.map((each, at) => ({ sequence: at, kind: 'task', id: each.id, task: each })));
    const metrics = {
      count: (name: readonly string[], value = 1, labels = {}) =>
        void counts.push([name.join('.'), value, ...Object.values(labels)].join(' ')),
      gauge: (_name: readonly string[], value: number) => void gauges.push(value),
    };
    stop = recordTasks(active, { metrics, logger: lineLogger(log), isAudited: true });
  });

  const ended = (id: string, cause: TaskEndCause): Task => ({
    ...task(id),
    end: { cause, at: 2, detail: '' },
  });

  it('counts what begins, and what ends by its cause, and says how many there are', () => {
    commit([task('one'), task('two')]);
    commit([ended('one', 'deadline'), ended('before', 'agentLost')]);
    commit([ended('two', 'budgetSpent')]);
    expect(counts).toEqual([
      'tasks.begun 1',
      'tasks.begun 1',
      'tasks.ended 1 deadline',
      'tasks.ended 1 agentLost',
      'tasks.ended 1 budgetSpent',
    ]);
    expect(gauges).toEqual([1, 2, 3, 2, 1, 0]);
  });

  it('counts nothing twice: a task that goes on, and one that ended before', () => {
    commit([task('before')]);
    commit([ended('unknown', 'operator')]);
    expect([counts, gauges]).toEqual([[], [1]]);
  });

  it('writes an audit event for each, without secrets to keep', () => {
    commit([task('one')]);
    commit([ended('one', 'deadline')]);
    expect(log).toEqual([
      expect.stringMatching(/^Task began type=audit task_id=one .*purpose=report/),
      expect.stringMatching(/^Task ended type=audit task_id=one .*cause=deadline .*issued=2$/),
    ]);
  });

  it('ends when it is told to', () => {
    stop();
    commit([task('one')]);
    expect(counts).toEqual([]);
  });
});
