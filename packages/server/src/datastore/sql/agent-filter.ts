import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { Schema } from './schema.ts';
import type { SelectorList } from './selector-list.ts';
import { setBounds, type SetQuery } from './set-match.ts';

/** Which nodes; the plain-data form of `AgentFilter`. */
export interface AgentRowFilter {
  readonly attestationType?: string;
  readonly banned?: boolean;
  readonly canReattest?: boolean;
  readonly expiresBefore?: number;
  readonly selectors?: SetQuery<SelectorList[number]>;
}

type AgentQuery = SelectQueryBuilder<Schema, 'agents', object>;

/** The nodes that pass the filter, before choosing columns, order and page. */
export function filteredAgents(db: Kysely<Schema>, filter: AgentRowFilter): AgentQuery {
  let query: AgentQuery = db.selectFrom('agents');
  if (filter.attestationType !== undefined) {
    query = query.where('attestation_type', '=', filter.attestationType);
  }
  if (filter.banned !== undefined) query = query.where('serial_number', filter.banned ? '=' : '!=', '');
  if (filter.canReattest !== undefined) query = query.where('can_reattest', '=', filter.canReattest ? 1 : 0);
  if (filter.expiresBefore !== undefined) query = query.where('expires_at', '<', filter.expiresBefore);
  return filter.selectors === undefined ? query : bySelectors(db, query, filter.selectors);
}

function bySelectors(db: Kysely<Schema>, query: AgentQuery, set: SetQuery<SelectorList[number]>): AgentQuery {
  const bounds = setBounds(set);
  const matching = db
    .selectFrom('agent_selectors')
    .innerJoin('agents as a', 'a.row_id', 'agent_selectors.agent_row')
    .select('agent_selectors.agent_row')
    .where((eb) =>
      eb(
        eb.refTuple('agent_selectors.type', 'agent_selectors.value'),
        'in',
        set.members.map(([type, value]) => eb.tuple(type, value)),
      ),
    )
    .groupBy('agent_selectors.agent_row')
    .having(sql<number>`count(*)`, '>=', bounds.common)
    .$if(bounds.size === 'common', (q) => q.having(sql<boolean>`count(*) = a.selector_count`))
    .$if(typeof bounds.size === 'number', (q) => q.where('a.selector_count', '=', Number(bounds.size)));
  return query.where('agents.row_id', 'in', matching);
}
