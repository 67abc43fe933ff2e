import { status } from '@grpc/grpc-js';
import type { OperatorTaskClient, WireEntryOutput, WireTaskPolicyOutput } from '@signet/api';
import type { SocketChoice } from '@signet/daemon';
import { readPages } from './read-pages.ts';
import { callUnary, withServer } from './server-client.ts';

/** What entries say of tasks, by entry ID; nothing of a server that knows no tasks. */
export async function taskPoliciesOf(
  entries: readonly Pick<WireEntryOutput, 'id'>[],
  choice: SocketChoice,
): Promise<ReadonlyMap<string, WireTaskPolicyOutput>> {
  if (entries.length === 0) return new Map();
  try {
    return await withServer(choice, 'task', listPolicies);
  } catch (error) {
    if ((error as { code?: unknown }).code === status.UNIMPLEMENTED) return new Map();
    throw error;
  }
}

async function listPolicies(client: OperatorTaskClient): Promise<ReadonlyMap<string, WireTaskPolicyOutput>> {
  const { items } = await readPages(Infinity, async ({ page_token }) => {
    const answer = await callUnary(client, 'ListTaskPolicies', { page_token });
    return { items: answer.policies, next: answer.next_page_token };
  });
  return new Map(items.flatMap(({ entry_id, policy }) => (policy === null ? [] : [[entry_id, policy]])));
}
