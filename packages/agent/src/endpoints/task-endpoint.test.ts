import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDirectory } from '@signet/daemon';
import { removeOldTaskSockets } from './task-endpoint.ts';

const DEAD = '00112233445566aa.sock';
const LIVING = '00112233445566bb.sock';

describe('sockets of tasks that an agent finds at its start', () => {
  let beside = '';
  let folder = '';
  beforeEach(() => {
    beside = mkdtempSync(join(tmpdir(), 'signet-task-sockets-'));
    folder = join(beside, 'tasks');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(beside, { recursive: true }));

  const put = (name: string): void => writeFileSync(join(folder, name), '');
  const remove = (): void => removeOldTaskSockets(join(beside, 'agent.sock'));

  it('are removed with their locks, and nothing else is', () => {
    for (const name of [DEAD, `.${DEAD}.lock`, `.${LIVING}.lock`, 'notes.sock']) put(name);
    remove();
    expect(readdirSync(folder)).toEqual(['notes.sock']);
  });

  it('stay while another agent has their lock', () => {
    for (const name of [DEAD, LIVING]) put(name);
    const lock = lockDirectory(folder, `.${LIVING}.lock`);
    remove();
    expect(readdirSync(folder).sort()).toEqual([`.${LIVING}.lock`, LIVING]);
    lock.release();
    remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not looked for behind a link', () => {
    put(DEAD);
    const other = join(beside, 'other');
    renameSync(folder, other);
    symlinkSync(other, folder);
    remove();
    expect(readdirSync(other)).toEqual([DEAD]);
  });

  it('need no folder', () => {
    rmSync(folder, { recursive: true });
    expect(remove).not.toThrow();
  });
});
