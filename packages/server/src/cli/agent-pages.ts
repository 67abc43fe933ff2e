import type { AgentClient, ListAgentsRequestInput, WireAgentOutput } from '@signet/api';
import { callUnary } from './server-client.ts';

const PAGE_SIZE = 1000;

/** All agents that match the filter, fetched page by page. */
export async function allAgents(
  client: AgentClient,
  filter: NonNullable<ListAgentsRequestInput['filter']>,
  outputMask?: NonNullable<ListAgentsRequestInput['output_mask']>,
): Promise<WireAgentOutput[]> {
  const agents: WireAgentOutput[] = [];
  let token = '';
  do {
    const page = await callUnary(client, 'ListAgents', {
      filter,
      page_size: PAGE_SIZE,
      page_token: token,
      ...(outputMask !== undefined && { output_mask: outputMask }),
    });
    agents.push(...page.agents);
    token = page.next_page_token;
  } while (token !== '');
  return agents;
}
