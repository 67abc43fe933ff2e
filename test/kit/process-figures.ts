import { readdir, readFile } from 'node:fs/promises';

/** What a process holds. */
export interface ProcessFigures {
  readonly rssMib: number;
  /** Open files; needs root for a program that is closed to its own user. */
  readonly files: number;
}

/** What a process holds at this moment. */
export async function processFigures(pid: number): Promise<ProcessFigures> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1');
  const rssKib = Number(/^VmRSS:\s+([0-9]+) kB/m.exec(status)?.[1]);
  const files = (await readdir(`/proc/${pid}/fd`)).length;
  return { rssMib: rssKib / 1024, files };
}
