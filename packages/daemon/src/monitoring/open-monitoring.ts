import type { TrustDomain } from '@signet/core';
import type { MonitoringSettings } from '../config/monitoring-blocks.ts';
import { startHealthListener } from '../health/health-listener.ts';
import { createHealth, type Health } from '../health/health.ts';
import type { Logger } from '../log/logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { noMetrics, type Metrics } from '../metrics/metrics.ts';
import { startPrometheusListener } from '../metrics/prometheus-listener.ts';
import { monotonicMs } from '../process/clock.ts';
import { every } from '../process/every.ts';

/** How a program tells how it is. */
export interface Monitoring {
  readonly metrics: Metrics;
  /** Has no checks yet, and is not started: until it is, nothing is healthy. */
  readonly health: Health;
  close(): Promise<void>;
}

/** Whose monitoring it is. */
export interface MonitoringOptions extends MonitoringSettings {
  /** what its metrics begin with. */
  readonly prefix: 'spire_server' | 'spire_agent';
  readonly version: string;
  readonly trustDomain: TrustDomain;
  readonly logger: Logger;
}

const UPTIME_MS = 10_000;

/**
 * Opens the endpoints of metrics and health that the configuration asks for.
 *
 * They come first in the start of a program, so that one that cannot be had costs nothing.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`; nothing is left open then.
 * @spec SPIRE telemetry: started, uptime_in_ms
 */
export async function openMonitoring(options: MonitoringOptions): Promise<Monitoring> {
  const closers = new AsyncDisposableStack();
  try {
    const metrics = await openMetrics(options, closers);
    const health = await openHealth(options, closers);
    return { metrics, health, close: () => closers.disposeAsync() };
  } catch (error) {
    await closers.disposeAsync();
    throw error;
  }
}

async function openMetrics(options: MonitoringOptions, closers: AsyncDisposableStack): Promise<Metrics> {
  const { prometheus, metricLabels, prefix, version, trustDomain } = options;
  // Keeping quantiles costs a third of a call's time: not where nobody can ask for them.
  if (prometheus === undefined) return noMetrics;
  const logger = options.logger.subsystem('telemetry');
  const metrics = createMetrics({
    prefix,
    hostLabel: metricLabels.host,
    trustDomain: metricLabels.trustDomain ? trustDomain.name : undefined,
  });
  closers.defer(() => metrics.close());
  metrics.gauge(['started'], 1, { version, trust_domain_id: trustDomain.name });
  const startedMs = monotonicMs();
  const uptime = every(
    UPTIME_MS,
    () => metrics.gauge(['uptime_in_ms'], Math.round(monotonicMs() - startedMs)),
    {
      logger,
      name: 'Uptime metric',
      immediately: true,
    },
  );
  closers.defer(() => uptime.stop());
  const listener = await startPrometheusListener({ ...prometheus, metrics, logger });
  closers.defer(() => listener.close());
  return metrics;
}

async function openHealth(options: MonitoringOptions, closers: AsyncDisposableStack): Promise<Health> {
  const health = createHealth({ logger: options.logger.subsystem('health') });
  closers.defer(() => health.close());
  if (options.health === undefined) return health;
  const listener = await startHealthListener({ ...options.health, health });
  closers.defer(() => listener.close());
  return health;
}
