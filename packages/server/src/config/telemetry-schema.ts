import { type Field, field } from '@signet/daemon';
import { defaults } from './defaults.ts';

const unsupported = (options: { readonly doc: string }): Field<undefined> => field.unsupported(options);

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

const telemetrySchema = {
  Prometheus: field.section({
    doc: 'Metrics endpoint for Prometheus.',
    fields: {
      host: field.text({ doc: 'IP address or name to listen on.', default: defaults.prometheusHost }),
      port: field.integer({ doc: 'Port to listen on.', min: 1, max: 65_535, required: true }),
      tls: unsupported({ doc: 'TLS for the endpoint.' }),
    },
  }),
  EnableTrustDomainLabel: field.boolean({
    doc: 'The trust domain as a label of every metric.',
    default: false,
  }),
  EnableHostnameLabel: field.boolean({ doc: 'The host name as a label of every metric.', default: true }),
  MetricPrefix: unsupported({ doc: 'What metric names begin with.' }),
  DogStatsd: unsupported({ doc: 'Metrics to DogStatsD.' }),
  Statsd: unsupported({ doc: 'Metrics to StatsD.' }),
  M3: unsupported({ doc: 'Metrics to M3.' }),
  InMem: unsupported({ doc: 'Metrics kept in memory and dumped on a signal.' }),
  AllowedPrefixes: unsupported({ doc: 'Metrics that are kept.' }),
  BlockedPrefixes: unsupported({ doc: 'Metrics that are dropped.' }),
  AllowedLabels: unsupported({ doc: 'Labels that are kept.' }),
  BlockedLabels: unsupported({ doc: 'Labels that are dropped.' }),
};

const healthChecksSchema = {
  listener_enabled: field.boolean({ doc: 'Whether the HTTP health endpoint is on.', default: false }),
  bind_address: field.text({ doc: 'IP address or name to listen on.', default: defaults.healthBindAddress }),
  bind_port: field.integer({
    doc: 'Port to listen on.',
    min: 1,
    max: 65_535,
    default: defaults.healthBindPort,
  }),
  live_path: field.text({ doc: 'Path of the liveness check.', default: defaults.healthLivePath }),
  ready_path: field.text({ doc: 'Path of the readiness check.', default: defaults.healthReadyPath }),
};

/** The `telemetry` block. */
export const telemetryBlock: Field<TelemetryBlock> = field.sectionOrDefaults({
  doc: 'Metrics.',
  fields: telemetrySchema,
});

/** The `health_checks` block. */
export const healthChecksBlock: Field<HealthChecksBlock> = field.sectionOrDefaults({
  doc: 'HTTP health endpoint.',
  fields: healthChecksSchema,
});
