import { field, type SectionValues } from '@signet/daemon';
import { serverSchema } from './server-schema.ts';
import { healthChecksSchema, telemetrySchema } from './telemetry-schema.ts';

/** The blocks of `server.conf`. */
export const configFileSchema = {
  server: field.sectionOrDefaults({ doc: 'The server itself.', fields: serverSchema }),
  plugins: field.plugins({ doc: 'Key manager, datastore and node attestors.' }),
  telemetry: field.sectionOrDefaults({ doc: 'Metrics.', fields: telemetrySchema }),
  health_checks: field.sectionOrDefaults({ doc: 'HTTP health endpoint.', fields: healthChecksSchema }),
};

/** What a `server.conf` says, defaults filled in. */
export type ConfigFileValues = SectionValues<typeof configFileSchema>;
