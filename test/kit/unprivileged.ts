import { spawnSync } from 'node:child_process';
import { type Command, SIGNET_SERVER } from './program.ts';

/** A user that has no other process. */
const UID = 54_321;

/** Whom programs are run as, so that root's rights do not hide what a user may not do. */
export interface Unprivileged {
  readonly uid: number;
  /** The owner of what they write; undefined when they run as the caller, who is not root. */
  readonly owner: number | undefined;
  /** The command as that user, with umask 000. */
  as(command: Command): Command;
}

/** The user, or undefined for root where no other user can run our programs. */
export function unprivileged(): Unprivileged | undefined {
  const own = process.getuid?.() ?? 0;
  if (own !== 0) return { uid: own, owner: undefined, as: withoutUmask };
  const id = String(UID);
  const as = ([program, ...args]: Command): Command =>
    withoutUmask(['setpriv', '--reuid', id, '--regid', id, '--clear-groups', program, ...args]);
  const [program, ...args] = as(SIGNET_SERVER);
  const canRun = spawnSync(program, [...args, '--version']).status === 0;
  return canRun ? { uid: UID, owner: UID, as } : undefined;
}

function withoutUmask(command: Command): Command {
  return ['sh', '-c', 'umask 000; exec "$@"', 'sh', ...command];
}
