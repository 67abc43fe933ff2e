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

/**
 * Begins to watch how much of a processor a program's first thread gets of what it could use.
 *
 * @returns what says it, for the time since then: 1 when the thread never waited for a processor.
 */
export async function processorShare(pid: number): Promise<() => Promise<number>> {
  const read = async (): Promise<readonly number[]> =>
    (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'latin1')).split(' ').map(Number);
  const [ranBefore = 0, waitedBefore = 0] = await read();
  return async () => {
    const [ran = 0, waited = 0] = await read();
    return (ran - ranBefore) / (ran - ranBefore + waited - waitedBefore);
  };
}
