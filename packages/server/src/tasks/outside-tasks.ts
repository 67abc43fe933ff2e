import type { AuthorizedEntries } from '../authz/authorized-entries.ts';
import type { TaskPolicies } from './task-policies.ts';

/** The entries that an agent may use outside of tasks: those that are for tasks only are not fetched ahead. */
export function outsideTasks(
  authorized: Pick<AuthorizedEntries, 'authorizedEntries'>,
  policies: Pick<TaskPolicies, 'of'>,
): Pick<AuthorizedEntries, 'authorizedEntries'> {
  return {
    authorizedEntries: (agentId, at) =>
      authorized.authorizedEntries(agentId, at).filter(({ id }) => !policies.of(id).isTaskOnly),
  };
}
