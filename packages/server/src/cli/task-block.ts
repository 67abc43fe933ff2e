import type { WireTaskEndOutput, WireTaskOutput } from '@signet/api';
import { goTime } from '@signet/daemon';

const LABEL_WIDTH = 16;
const END_PREFIX = 'TASK_END_';

function line(label: string, value: string): string {
  return value === '' ? '' : `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

function lines(label: string, values: readonly string[]): string {
  return values.map((value) => line(label, value)).join('');
}

/** A task as people read it: a line for each value that there is. */
export function taskBlock(task: WireTaskOutput): string {
  const hasEnded = task.state === 'TASK_STATE_ENDED';
  return [
    line('Task ID', task.id),
    line('Purpose', task.purpose),
    line('State', hasEnded ? 'ended' : 'active'),
    line('SPIFFE ID', task.spiffe_id),
    line('Entry ID', task.entry_id),
    line('Agent', task.agent_id),
    line('Parent', task.parent_id),
    line('Begun by', task.begun_by),
    lines('Audience', task.audiences),
    lines('Destination', task.destinations),
    line('Began at', goTime(task.began_at)),
    line('Deadline', goTime(task.deadline)),
    line('SVIDs issued', task.budget === 0 ? String(task.issued) : `${task.issued} of ${task.budget}`),
    hasEnded ? line('Ended at', goTime(task.ended_at)) + line('Why', endText(task.end)) : '',
    line('Detail', task.end_detail),
  ].join('');
}

/** `process exited` */
function endText(end: WireTaskEndOutput): string {
  return end.slice(END_PREFIX.length).toLowerCase().replaceAll('_', ' ');
}
