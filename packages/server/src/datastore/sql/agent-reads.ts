import { filteredAgents, type AgentRowFilter } from './agent-filter.ts';
import { agentColumns, findAgentRow, type AgentRow, type StoredAgentRow } from './agent-rows.ts';
import { readPage, type PageInput, type RowPage } from './page-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile } from './statement.ts';
import { firstRow, type Steps } from './steps.ts';

/** @see AgentStore.get */
export function* getAgent(input: { id: string }): Steps<AgentRow | undefined> {
  return yield* firstRow(findAgentRow(input));
}

/** @see AgentStore.list */
export function* listAgents(input: {
  filter: AgentRowFilter;
  page: PageInput;
}): Steps<RowPage<StoredAgentRow>> {
  return yield* readPage('agents', input.page, ({ afterRow, limit }) => {
    const query = filteredAgents(queryBuilder, input.filter)
      .select(['agents.row_id', ...agentColumns])
      .where('agents.row_id', '>', afterRow)
      .orderBy('agents.row_id');
    return compile(limit === undefined ? query : query.limit(limit));
  });
}

/** @see AgentStore.count */
export function* countAgents(input: { filter: AgentRowFilter }): Steps<number> {
  const query = filteredAgents(queryBuilder, input.filter).select((eb) =>
    eb.fn.countAll<number>().as('count'),
  );
  return (yield* firstRow(compile(query)))?.count ?? 0;
}
