import type { SpiffeIdMatcher } from '@signet/core';
import type { TaskHandle } from '../task/task-handle.ts';

/** A matcher that, in a task that names its destinations, accepts nobody else. */
export function withinDestinations(task: TaskHandle | undefined, matcher: SpiffeIdMatcher): SpiffeIdMatcher {
  if (task === undefined || task.destinations.length === 0) return matcher;
  return (id) =>
    task.destinations.some((destination) => destination.equals(id))
      ? matcher(id)
      : `"${id.uri}" is no destination of the task`;
}
