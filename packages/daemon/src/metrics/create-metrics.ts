import { hostname } from 'node:os';
import { monotonicMs } from '../process/clock.ts';
import { Metric } from './metric.ts';
import { labelValue, metricName } from './metric-name.ts';
import type { CallCounter, Labels, MetricKind, Metrics, Series } from './metrics.ts';
import { watchRuntime } from './runtime-metrics.ts';
import { statusName } from './status-names.ts';

/** How metrics are named. */
export interface MetricsOptions {
  /** `MetricPrefix`, e.g. `spire_server`. */
  readonly prefix: string;
  /** add the label `host`; default true. */
  readonly hostLabel?: boolean;
  /** value of the label `trust_domain`; no such label without it. */
  readonly trustDomain?: string | undefined;
  /** measure the runtime too; default true. */
  readonly runtime?: boolean;
}

/** Metrics by name, made at first use. */
class MetricTable {
  readonly #metrics = new Map<string, Metric>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  get(kind: MetricKind, key: readonly string[]): Metric {
    const name = metricName(this.#prefix, key);
    const metric = this.#metrics.get(name) ?? new Metric(name, kind);
    this.#metrics.set(name, metric);
    return metric;
  }

  expose(common: Labels): string {
    return `${[...this.#metrics.values()].map((metric) => metric.expose(common)).join('\n\n')}\n`;
  }
}

/** The two series of calls that ended with one status. */
interface Ended {
  readonly calls: Series;
  readonly elapsed: Series;
}

/** Counts calls; which series those with a status go to is looked up once. */
class StatusCounter implements CallCounter {
  readonly #open: (status: string) => Ended;
  readonly #byStatus = new Map<string, Ended>();

  constructor(open: (status: string) => Ended) {
    this.#open = open;
  }

  start(): (status: number) => void {
    const startedAt = monotonicMs();
    let isOver = false;
    return (status) => {
      if (!isOver) this.observe(status, monotonicMs() - startedAt);
      isOver = true;
    };
  }

  observe(status: number, elapsedMs: number): void {
    const name = statusName(status);
    let ended = this.#byStatus.get(name);
    if (ended === undefined) this.#byStatus.set(name, (ended = this.#open(name)));
    ended.calls.record(1);
    ended.elapsed.record(elapsedMs);
  }
}

/**
 * The metrics of a program, under SPIRE's names.
 *
 * @spec SPIRE telemetry: `_elapsed_time` summaries in ms with quantiles .5 .9 .99, counters without `_total`, labels
 *   `host` and `trust_domain`.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  const common: Labels = {
    ...(options.hostLabel === false ? {} : { host: labelValue(hostname()) }),
    ...(options.trustDomain === undefined ? {} : { trust_domain: labelValue(options.trustDomain) }),
  };
  const table = new MetricTable(options.prefix);
  const series = (kind: MetricKind, key: readonly string[], labels: Labels = {}): Series =>
    table.get(kind, key).series(labels);
  const metrics: Metrics = {
    callCounter(key, labels = {}) {
      const calls = table.get('counter', key);
      const elapsed = table.get('summary', [...key, 'elapsed_time']);
      return new StatusCounter((status) => {
        const withStatus = { ...labels, status };
        return { calls: calls.series(withStatus), elapsed: elapsed.series(withStatus) };
      });
    },
    series,
    count: (key, value = 1, labels) => series('counter', key, labels).record(value),
    gauge: (key, value, labels) => series('gauge', key, labels).record(value),
    sample: (key, value, labels) => series('summary', key, labels).record(value),
    expose: () => Promise.resolve(table.expose(common)),
    close: () => runtime?.stop(),
  };
  const runtime = options.runtime === false ? undefined : watchRuntime(metrics);
  return metrics;
}
