import type { AgentClient, ListAgentsRequestInput, WireAgentOutput } from '@signet/api';
import { readPages } from './read-pages.ts';
import { callUnary } from './server-client.ts';

/** All agents that match the filter, fetched page by page. */
export async function allAgents(
  client: AgentClient,
  filter: NonNullable<ListAgentsRequestInput['filter']>,
  outputMask?: NonNullable<ListAgentsRequestInput['output_mask']>,
): Promise<WireAgentOutput[]> {
  const { items } = await readPages(Infinity, async (page) => {
    const mask = outputMask !== undefined && { output_mask: outputMask };
    const answer = await callUnary(client, 'ListAgents', { filter, ...page, ...mask });
    return { items: answer.agents, next: answer.next_page_token };
  });
  return [...items];
}
