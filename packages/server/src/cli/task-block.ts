import type { WireTaskEndOutput, WireTaskOutput } from '@signet/api';
import { goTime } from '@signet/daemon';
import { labelledLine, labelledLines } from './labelled-line.ts';

const END_PREFIX = 'TASK_END_';

/** A task as people read it: a line for each value that there is. */
export function taskBlock(task: WireTaskOutput): string {
  const hasEnded = task.state === 'TASK_STATE_ENDED';
  return [
    labelledLine('Task ID', task.id),
    labelledLine('Purpose', task.purpose),
    labelledLine('State', hasEnded ? 'ended' : 'active'),
    labelledLine('SPIFFE ID', task.spiffe_id),
    labelledLine('Entry ID', task.entry_id),
    labelledLine('Agent', task.agent_id),
    labelledLine('Parent', task.parent_id),
    labelledLine('Begun by', task.begun_by),
    labelledLines('Audience', task.audiences),
    labelledLines('Destination', task.destinations),
    labelledLine('Began at', goTime(task.began_at)),
    labelledLine('Deadline', goTime(task.deadline)),
    labelledLine(
      'SVIDs issued',
      task.budget === 0 ? String(task.issued) : `${task.issued} of ${task.budget}`,
    ),
    hasEnded ? labelledLine('Ended at', goTime(task.ended_at)) + labelledLine('Why', endText(task.end)) : '',
    labelledLine('Detail', task.end_detail),
  ].join('');
}

/** `process exited` */
function endText(end: WireTaskEndOutput): string {
  return end.slice(END_PREFIX.length).toLowerCase().replaceAll('_', ' ');
}
