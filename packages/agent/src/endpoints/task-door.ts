import { AgentError } from '@signet/core';
import { after, type UnixPeer } from '@signet/daemon';
import type { AgentTasks } from '../tasks/agent-tasks.ts';
import type { HeldTask } from '../tasks/held-task.ts';

/** How long whoever is not of the tree may stay: long enough to be told. */
const STRANGER_MS = 2_000;

/**
 * Lets a connection in to a task's own socket. Processes of its tree are counted among themselves, so that nobody else can
 * take their places; others are few, and are gone soon.
 *
 * @throws {AgentError} `ERR_RESOURCE_EXHAUSTED`
 */
export function enterTask(
  task: HeldTask,
  peer: UnixPeer,
  tasks: Pick<AgentTasks, 'connections' | 'strangers'>,
): void {
  const isMember = task.isUsableBy(peer);
  const giveBack = (isMember ? tasks.connections : tasks.strangers).take(peer.share);
  if (giveBack === undefined) throw tooMany();
  peer.onClose(giveBack);
  if (isMember) return;
  const patience = after(STRANGER_MS, () => {
    // It may not have been told whose process it is when it came.
    if (!task.isUsableBy(peer)) peer.close('not of the task');
  });
  peer.onClose(() => patience.cancel());
}

function tooMany(): AgentError {
  return new AgentError('ERR_RESOURCE_EXHAUSTED', 'too many connections to tasks');
}
