import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Task } from '@signet/core';
import type { ActiveTask, TaskListener } from './active-tasks.ts';
import { UnsettledAgents } from './unsettled-agents.ts';

/** The active tasks of a server that was started anew: the ID of each and of its agent. */
class Tasks {
  #tasks: readonly (readonly [id: string, agentId: string])[];
  #listener: TaskListener = {};

  constructor(tasks: readonly (readonly [string, string])[]) {
    this.#tasks = tasks;
  }

  all(): Iterable<ActiveTask> {
    return this.#tasks.map(taskOf);
  }

  ofAgent(agentId: string): readonly ActiveTask[] {
    return this.#tasks.filter((task) => task[1] === agentId).map(taskOf);
  }

  follow(listener: TaskListener): () => void {
    this.#listener = listener;
    return () => (this.#listener = {});
  }

  end(id: string): void {
    const ended = this.#tasks.find((task) => task[0] === id);
    this.#tasks = this.#tasks.filter((task) => task !== ended);
    if (ended !== undefined) this.#listener.ended?.(taskOf(ended) as Task, true);
  }
}

function taskOf([id, agentId]: readonly [string, string]): ActiveTask {
  return { id, agentId } as ActiveTask;
}

describe('UnsettledAgents', () => {
  let tasks: Tasks;
  let agents: UnsettledAgents;
  let settled: number;

  beforeEach(() => {
    jest.useFakeTimers();
    tasks = new Tasks([
      ['1', 'a'],
      ['2', 'a'],
      ['3', 'b'],
    ]);
    agents = new UnsettledAgents(tasks);
    settled = 0;
    agents.onSettled(() => settled++);
  });

  afterEach(() => {
    agents.close();
    jest.useRealTimers();
  });

  it('are those with tasks, until each has listed its tasks and had time for what it has to add', () => {
    agents.listed('a');
    agents.listed('stranger');
    expect(agents.size).toBe(2);
    jest.advanceTimersByTime(500);
    expect([agents.size, settled]).toEqual([1, 0]);
    agents.listed('b');
    jest.advanceTimersByTime(499);
    expect([agents.size, settled]).toEqual([1, 0]);
    jest.advanceTimersByTime(1);
    expect([agents.size, settled]).toEqual([0, 1]);
  });

  it('are settled at once when none of their tasks is left', () => {
    tasks.end('1');
    tasks.end('3');
    expect([agents.size, settled]).toEqual([1, 0]);
    tasks.end('2');
    expect([agents.size, settled]).toEqual([0, 1]);
  });

  it('do not come back: a task that begins later is none of them', () => {
    for (const id of ['1', '2', '3']) tasks.end(id);
    agents.listed('a');
    jest.advanceTimersByTime(1_000);
    expect([agents.size, settled]).toEqual([0, 1]);
  });

  it('are not waited for much longer than it takes to end what they left', () => {
    jest.advanceTimersByTime(34_999);
    expect(agents.size).toBe(2);
    jest.advanceTimersByTime(1);
    expect([agents.size, settled]).toEqual([0, 1]);
  });

  it('are none after a start without tasks', () => {
    expect(new UnsettledAgents(new Tasks([])).size).toBe(0);
  });
});
