import { open, readFile, readlink, type FileHandle } from 'node:fs/promises';
import type { WorkloadProcess } from '../kinds/workload-attestor.ts';

/** A process that the test owns, so that its pid cannot come to mean another. */
export class LinuxProcess implements WorkloadProcess {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly share = 'test';
  readonly programDevice = undefined;
  opened = 0;

  constructor(pid: number, { uid = 0, gid = 0 }: { uid?: number; gid?: number } = {}) {
    this.pid = pid;
    this.uid = uid;
    this.gid = gid;
  }

  async supplementaryGids(): Promise<readonly number[]> {
    const line = /^Groups:(.*)$/m.exec(await readFile(`/proc/${this.pid}/status`, 'utf8'))?.[1] ?? '';
    return line.split(/\s+/).filter(Boolean).map(Number);
  }

  hasCertainProgram(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async exePath(): Promise<string> {
    return await readlink(`/proc/${this.pid}/exe`);
  }

  async openExe(): Promise<FileHandle> {
    this.opened++;
    return await open(`/proc/${this.pid}/exe`);
  }
}
