import { readdir, readFile, readlink } from 'node:fs/promises';

/** Where a process takes connections. */
export interface ListeningSockets {
  /** `address:port` in the kernel's hexadecimal. */
  readonly tcp: readonly string[];
  /** paths, as they were when the sockets were bound. */
  readonly unix: readonly string[];
}

const TCP_LISTEN = '0A';
/** __SO_ACCEPTCON */
const UNIX_LISTEN = '00010000';

/** The sockets that a process listens on; needs root for a program that is closed to its own user. */
export async function listeningSockets(pid: number): Promise<ListeningSockets> {
  const inodes = await socketInodes(pid);
  const [tcp, unix] = await Promise.all([rows('tcp', 'tcp6'), rows('unix')]);
  return {
    tcp: tcp
      .filter((row) => row[3] === TCP_LISTEN && inodes.has(row[9] ?? ''))
      .map(([, local = '']) => local),
    unix: unix.filter((row) => row[3] === UNIX_LISTEN && inodes.has(row[6] ?? '')).map((row) => row[7] ?? ''),
  };
}

async function socketInodes(pid: number): Promise<ReadonlySet<string>> {
  const files = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return new Set(targets.map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? ''));
}

async function rows(...tables: readonly string[]): Promise<readonly string[][]> {
  const texts = await Promise.all(tables.map((table) => readFile(`/proc/net/${table}`, 'latin1')));
  return texts.flatMap((text) => text.split('\n').slice(1)).map((line) => line.trim().split(/\s+/));
}
