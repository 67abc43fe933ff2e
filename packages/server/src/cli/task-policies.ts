import { status } from '@grpc/grpc-js';
import type { OperatorTaskClient, WireEntryOutput, WireTaskPolicyOutput } from '@signet/api';
import type { SocketChoice } from '@signet/daemon';
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
  const policies = new Map<string, WireTaskPolicyOutput>();
  let token = '';
  do {
    const page = await callUnary(client, 'ListTaskPolicies', { page_token: token });
    for (const { entry_id, policy } of page.policies) if (policy !== null) policies.set(entry_id, policy);
    token = page.next_page_token;
  } while (token !== '');
  return policies;
}
