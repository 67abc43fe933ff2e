import { field, type SectionValues } from '@signet/daemon';
import { agentSchema } from './agent-schema.ts';
import { healthChecksSchema, telemetrySchema } from './telemetry-schema.ts';

/** The blocks of `agent.conf`. */
export const configFileSchema = {
  agent: field.sectionOrDefaults({ doc: 'The agent itself.', fields: agentSchema }),
  plugins: field.plugins({ doc: 'Key manager, node attestor and workload attestors.' }),
  telemetry: field.sectionOrDefaults({ doc: 'Metrics.', fields: telemetrySchema }),
  health_checks: field.sectionOrDefaults({ doc: 'HTTP health endpoint.', fields: healthChecksSchema }),
};

/** What an `agent.conf` says, defaults filled in. */
export type ConfigFileValues = SectionValues<typeof configFileSchema>;
