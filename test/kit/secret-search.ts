import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below a folder, or the file itself. */
export async function filesBelow(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Those of the files that hold one of the texts. */
export async function filesWith(
  texts: readonly string[],
  paths: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const bytes = await readFile(path);
    if (texts.some((text) => bytes.includes(text))) found.push(path);
  }
  return found;
}

/** `/proc/PID/environ` and `/proc/PID/cmdline` of all processes that hold one of the texts. Needs root to see all. */
export async function processesWith(texts: readonly string[]): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter(
    (name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid,
  );
  const paths = pids.flatMap((pid) => [`/proc/${pid}/environ`, `/proc/${pid}/cmdline`]);
  const found = await Promise.all(paths.map(async (path) => ((await holds(path, texts)) ? [path] : [])));
  return found.flat();
}

async function holds(path: string, texts: readonly string[]): Promise<boolean> {
  try {
    const bytes = await readFile(path);
    return texts.some((text) => bytes.includes(text));
  } catch {
    // It has ended, or is another user's.
    return false;
  }
}
