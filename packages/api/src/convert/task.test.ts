import { describe, expect, it } from '@jest/globals';
import { newTaskId, SignetError, TASK_END_CODES, type Task, type TaskEndCause } from '@signet/core';
import type { TaskOutput } from '../gen/signet/types/v1/Task.ts';
import {
  endedTaskToWire,
  taskEndFromWire,
  taskEndToWire,
  taskFromWire,
  taskPolicyFromWire,
  taskPolicyToWire,
  taskToWire,
} from './task.ts';

const task: Task = {
  id: newTaskId(new Uint8Array(16)),
  parentId: newTaskId(new Uint8Array(16).fill(1)),
  purpose: 'a test',
  spiffeId: 'spiffe://example.org/a',
  entryId: 'e',
  agentId: 'spiffe://example.org/spire/agent/a',
  audiences: ['db'],
  destinations: ['spiffe://example.org/db'],
  beganAt: 1000,
  deadline: 2000,
  budget: 5,
  issued: 2,
  depth: 1,
  begunBy: '',
  offlineLease: 30,
};

/** What arrives of a task that was sent. */
function received(sent: Task, changes: Partial<TaskOutput> = {}): TaskOutput {
  const { began_at, deadline, ended_at, ...wire } = taskToWire(sent);
  const times = { began_at: String(began_at), deadline: String(deadline), ended_at: String(ended_at) };
  return { ...wire, ...times, ...changes } as TaskOutput;
}

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'none';
  } catch (error) {
    return error instanceof SignetError ? error.code : String(error);
  }
}

describe('tasks on the wire', () => {
  const causes = Object.keys(TASK_END_CODES) as TaskEndCause[];

  it('arrive as they were sent, active or ended in whatever way', () => {
    const ended = causes.map((cause) => ({ ...task, end: { cause, at: 1500, detail: 'so' } }));
    for (const each of [task, { ...task, parentId: '' }, ...ended]) {
      expect(taskFromWire(received(each))).toEqual(each);
    }
  });

  it('have an end of some kind also when this version does not know it', () => {
    const wire = received(task, { state: 'TASK_STATE_ENDED', end: 'TASK_END_UNSPECIFIED', ended_at: '7' });
    expect(taskFromWire(wire).end).toEqual({ cause: 'operator', at: 7, detail: '' });
  });

  it('are short where it is told that many ended', () => {
    const wire = endedTaskToWire({ ...task, end: { cause: 'deadline', at: 2000, detail: '' } });
    expect(wire).toMatchObject({ id: task.id, end: 'TASK_END_DEADLINE', state: 'TASK_STATE_ENDED' });
    for (const field of ['purpose', 'audiences', 'destinations']) expect(wire).not.toHaveProperty(field);
  });

  it.each<[string, Partial<TaskOutput>]>([
    ['an ID that is none', { id: 'x' }],
    ['a parent that is none', { parent_id: 'x' }],
    ['a deadline out of range', { deadline: '9007199254740993' }],
    ['a beginning before the epoch', { began_at: '-1' }],
  ])('are refused with %s', (_, changes) => {
    expect(codeOf(() => taskFromWire(received(task, changes)))).toBe('ERR_INVALID_ARGUMENT');
  });
});

describe('ends on the wire', () => {
  it('have the numbers that are stored', () => {
    for (const [cause, code] of Object.entries(TASK_END_CODES)) {
      expect(taskEndFromWire(taskEndToWire(cause as TaskEndCause))).toBe(cause);
      expect(code).toBeGreaterThan(0);
    }
    expect(taskEndFromWire('TASK_END_UNSPECIFIED')).toBeUndefined();
  });
});

describe('policies on the wire', () => {
  it('arrive as they were sent; none is the default', () => {
    const policy = { isTaskOnly: true, maxTtl: 600, offlineLease: 5 };
    expect(taskPolicyFromWire({ is_task_only: true, max_ttl: 600, offline_lease: 5 })).toEqual(policy);
    expect(taskPolicyToWire(policy)).toEqual({ is_task_only: true, max_ttl: 600, offline_lease: 5 });
    expect(taskPolicyFromWire(null)).toEqual({ isTaskOnly: false, maxTtl: 0, offlineLease: 0 });
  });

  it.each([
    ['a negative time', -1, 0],
    ['tasks of more than a month', 2_592_001, 0],
    ['a lease of more than a day', 0, 86_401],
  ])('are refused with %s', (_, max_ttl, offline_lease) => {
    expect(codeOf(() => taskPolicyFromWire({ is_task_only: false, max_ttl, offline_lease }))).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });
});
