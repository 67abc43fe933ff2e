import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '@signet/daemon';
import { TestFolder } from '../testdata/test-agent.ts';
import { TaskJournal, type TaskReport } from './task-journal.ts';

const ID = ['AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBA', 'CCCCCCCCCCCCCCCCCCCCCA'] as const;

function report(taskId: string): TaskReport {
  return { taskId, cause: 'finished', detail: 'a "word"\n', at: 5, issuedUntil: 10 };
}

describe('the journal of tasks', () => {
  it('remembers what was active and what was not acknowledged', () => {
    using folder = new TestFolder();
    const { journal, remains } = TaskJournal.open(folder.path, silentLogger);
    expect(remains).toEqual({ reports: [], active: [] });
    for (const id of ID) journal.begun({ id, deadline: 10 });
    journal.ended(report(ID[1]));
    journal.ended(report(ID[2]));
    journal.settled([ID[2]]);
    for (let look = 0; look < 2; look++) {
      expect(TaskJournal.open(folder.path, silentLogger).remains).toEqual({
        reports: [report(ID[1])],
        active: [{ taskId: ID[0], deadline: 10 }],
      });
    }
  });

  it('passes over a line that was not written to its end, and what is no line', () => {
    using folder = new TestFolder();
    const path = join(folder.path, 'tasks.journal');
    TaskJournal.open(folder.path, silentLogger).journal.begun({ id: ID[0], deadline: 10 });
    appendFileSync(
      path,
      `{"begun":"x","deadline":1}\n[]\n7\n{"settled":"${ID[0]}"}\n{"begun":"${ID[1]}","dea`,
    );
    expect(TaskJournal.open(folder.path, silentLogger).remains.active).toEqual([
      { taskId: ID[0], deadline: 10 },
    ]);
  });

  it('begins anew when the file is none of it', () => {
    using folder = new TestFolder();
    writeFileSync(join(folder.path, 'tasks.journal'), Buffer.from([0xff, 0, 0xfe, 0x0a, 0x7b]));
    expect(TaskJournal.open(folder.path, silentLogger).remains).toEqual({ reports: [], active: [] });
  });

  it('does not grow with what is over', () => {
    using folder = new TestFolder();
    const { journal } = TaskJournal.open(folder.path, silentLogger);
    for (let i = 0; i < 4_000; i++) {
      journal.begun({ id: ID[0], deadline: 10 });
      journal.ended(report(ID[0]));
      journal.settled([ID[0]]);
    }
    journal.begun({ id: ID[1], deadline: 10 });
    expect(readFileSync(join(folder.path, 'tasks.journal'), 'utf8').split('\n').length).toBeLessThan(10_000);
    expect(TaskJournal.open(folder.path, silentLogger).remains.active).toHaveLength(1);
  });
});
