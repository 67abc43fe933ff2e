import { readFile } from 'node:fs/promises';

const LISTEN = '0A';

/** TCP ports that programs of a user listen on. */
export async function listeningPorts(uid: number): Promise<readonly number[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1')));
  const rows = tables.flatMap((table) => table.split('\n').slice(1));
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , owner] = row.trim().split(/\s+/);
    return state === LISTEN && Number(owner) === uid ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}
