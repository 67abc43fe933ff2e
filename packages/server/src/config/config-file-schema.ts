import {
  type Field,
  field,
  type HealthChecksBlock,
  monitoringBlocks,
  type PluginStanza,
  type TelemetryBlock,
} from '@signet/daemon';
import { type ServerBlock, serverBlock } from './server-schema.ts';

/** What a `server.conf` says, defaults filled in. */
export interface ConfigFileValues {
  readonly server: ServerBlock;
  readonly plugins: readonly PluginStanza[];
  readonly telemetry: TelemetryBlock;
  readonly health_checks: HealthChecksBlock;
}

/** The blocks of `server.conf`. */
export const configFileSchema: { readonly [Name in keyof ConfigFileValues]: Field<ConfigFileValues[Name]> } =
  {
    server: serverBlock,
    plugins: field.plugins({ doc: 'Key manager, datastore and node attestors.' }),
    ...monitoringBlocks,
  };
