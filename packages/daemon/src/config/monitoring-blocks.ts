import { sectionField, sectionOrDefaultsField } from './block-field.ts';
import { field } from './field.ts';
import type { Field } from './section.ts';

/** What the `telemetry` block says. */
export interface TelemetryBlock {
  readonly Prometheus: { readonly host: string; readonly port: number } | undefined;
  readonly EnableTrustDomainLabel: boolean;
  readonly EnableHostnameLabel: boolean;
}

/** What the `health_checks` block says. */
export interface HealthChecksBlock {
  readonly listener_enabled: boolean;
  readonly bind_address: string;
  readonly bind_port: number;
  readonly live_path: string;
  readonly ready_path: string;
}

/** The blocks by which a program is watched; both programs have the same. */
export interface MonitoringBlocks {
  readonly telemetry: Field<TelemetryBlock>;
  readonly health_checks: Field<HealthChecksBlock>;
}

const prometheus = sectionField({
  doc: 'Metrics endpoint for Prometheus.',
  fields: {
    host: field.text({ doc: 'IP address or name to listen on.', default: 'localhost' }),
    port: field.integer({ doc: 'Port to listen on.', min: 1, max: 65_535, required: true }),
    tls: field.unsupported({ doc: 'TLS for the endpoint.' }),
  },
});

/** The blocks, with SPIRE's defaults. */
export const monitoringBlocks: MonitoringBlocks = {
  telemetry: sectionOrDefaultsField({
    doc: 'Metrics.',
    fields: {
      Prometheus: prometheus,
      EnableTrustDomainLabel: field.boolean({
        doc: 'The trust domain as a label of every metric.',
        default: false,
      }),
      EnableHostnameLabel: field.boolean({ doc: 'The host name as a label of every metric.', default: true }),
      MetricPrefix: field.unsupported({ doc: 'What metric names begin with.' }),
      DogStatsd: field.unsupported({ doc: 'Metrics to DogStatsD.' }),
      Statsd: field.unsupported({ doc: 'Metrics to StatsD.' }),
      M3: field.unsupported({ doc: 'Metrics to M3.' }),
      InMem: field.unsupported({ doc: 'Metrics kept in memory and dumped on a signal.' }),
      AllowedPrefixes: field.unsupported({ doc: 'Metrics that are kept.' }),
      BlockedPrefixes: field.unsupported({ doc: 'Metrics that are dropped.' }),
      AllowedLabels: field.unsupported({ doc: 'Labels that are kept.' }),
      BlockedLabels: field.unsupported({ doc: 'Labels that are dropped.' }),
    },
  }),
  health_checks: sectionOrDefaultsField({
    doc: 'HTTP health endpoint.',
    fields: {
      listener_enabled: field.boolean({ doc: 'Whether the HTTP health endpoint is on.', default: false }),
      bind_address: field.text({ doc: 'IP address or name to listen on.', default: 'localhost' }),
      bind_port: field.integer({ doc: 'Port to listen on.', min: 1, max: 65_535, default: 80 }),
      live_path: field.text({ doc: 'Path of the liveness check.', default: '/live' }),
      ready_path: field.text({ doc: 'Path of the readiness check.', default: '/ready' }),
    },
  }),
};

/** Where a program tells how it is; what is absent is off. */
export interface MonitoringSettings {
  readonly health?: {
    readonly host: string;
    readonly port: number;
    readonly livePath: string;
    readonly readyPath: string;
  };
  readonly prometheus?: { readonly host: string; readonly port: number };
  readonly metricLabels: { readonly trustDomain: boolean; readonly host: boolean };
}

/** What the blocks say, as the endpoints take it. */
export function monitoringSettings({
  telemetry,
  health_checks: health,
}: {
  readonly telemetry: TelemetryBlock;
  readonly health_checks: HealthChecksBlock;
}): MonitoringSettings {
  return {
    ...(health.listener_enabled && {
      health: {
        host: health.bind_address,
        port: health.bind_port,
        livePath: health.live_path,
        readyPath: health.ready_path,
      },
    }),
    ...(telemetry.Prometheus && { prometheus: telemetry.Prometheus }),
    metricLabels: { trustDomain: telemetry.EnableTrustDomainLabel, host: telemetry.EnableHostnameLabel },
  };
}
