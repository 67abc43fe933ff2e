import {
  type Field,
  field,
  type HealthChecksBlock,
  monitoringBlocks,
  type PluginStanza,
  type TelemetryBlock,
} from '@signet/daemon';
import { defaults } from './defaults.ts';
import { ipProblem, type ServerBlock, serverBlock } from './server-schema.ts';

/** What the `status_listener` block says. */
export interface StatusListenerBlock {
  readonly bind_address: string;
  readonly bind_port: number;
}

/** What a `server.conf` says, defaults filled in. */
export interface ConfigFileValues {
  readonly server: ServerBlock;
  readonly plugins: readonly PluginStanza[];
  readonly telemetry: TelemetryBlock;
  readonly health_checks: HealthChecksBlock;
  readonly status_listener: StatusListenerBlock | undefined;
}

/** The blocks of `server.conf`. */
export const configFileSchema: { readonly [Name in keyof ConfigFileValues]: Field<ConfigFileValues[Name]> } =
  {
    server: serverBlock,
    plugins: field.plugins({ doc: 'Key manager, datastore and node attestors.' }),
    ...monitoringBlocks,
    status_listener: field.section({
      doc: 'Serves CRLs and status lists over HTTP: /crls/<authority ID>.crl and /status-lists/<list ID>.',
      fields: {
        bind_address: field.text({ doc: 'IP address.', check: ipProblem, default: defaults.statusAddress }),
        bind_port: field.integer({ doc: 'Port.', min: 1, max: 65_535, required: true }),
      },
    }),
  };
