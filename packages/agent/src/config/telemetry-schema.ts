import { field } from '@signet/daemon';
import { defaults } from './defaults.ts';

/** The keys of the `telemetry` block. */
export const telemetrySchema = {
  Prometheus: field.section({
    doc: 'Metrics endpoint for Prometheus.',
    fields: {
      host: field.text({ doc: 'IP address or name to listen on.', default: defaults.prometheusHost }),
      port: field.integer({ doc: 'Port to listen on.', min: 1, max: 65_535, required: true }),
      tls: field.unsupported({ doc: 'TLS for the endpoint.' }),
    },
  }),
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
};

/** The keys of the `health_checks` block. */
export const healthChecksSchema = {
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
