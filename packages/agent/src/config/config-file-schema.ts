import { field, monitoringBlocks, type SectionValues } from '@signet/daemon';
import { agentSchema } from './agent-schema.ts';

/** The blocks of `agent.conf`. */
export const configFileSchema = {
  agent: field.sectionOrDefaults({ doc: 'The agent itself.', fields: agentSchema }),
  plugins: field.plugins({ doc: 'Key manager, node attestor and workload attestors.' }),
  ...monitoringBlocks,
};

/** What an `agent.conf` says, defaults filled in. */
export type ConfigFileValues = SectionValues<typeof configFileSchema>;
