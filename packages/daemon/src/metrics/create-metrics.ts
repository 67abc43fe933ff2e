import { hostname } from 'node:os';
import { Counter, Gauge, Registry, Summary } from 'prom-client';
import { monotonicMs } from '../process/clock.ts';
import { labelValue, metricName } from './metric-name.ts';
import type { CallCounter, Labels, Metrics } from './metrics.ts';
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

const QUANTILES = [0.5, 0.9, 0.99];
const SUMMARY_AGE_SECONDS = 10;
const SUMMARY_AGE_BUCKETS = 5;
// Labels come from closed sets; should one not, its series end here instead of in memory.
const MAX_SERIES_PER_METRIC = 256;

interface Series {
  add(value: number, labels: Labels): void;
}

/** One metric; series beyond the cap go to the one whose label values are all `other`. */
class BoundedMetric {
  readonly #series: Series;
  readonly #known = new Set<string>();

  constructor(series: Series) {
    this.#series = series;
  }

  add(value: number, labels: Labels): void {
    this.#series.add(value, this.#bounded(labels));
  }

  #bounded(labels: Labels): Labels {
    const key = Object.values(labels).join('\u0000');
    if (this.#known.has(key)) return labels;
    if (this.#known.size >= MAX_SERIES_PER_METRIC) {
      return Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']));
    }
    this.#known.add(key);
    return labels;
  }
}

function clean(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelValue(value)]));
}

type Make = (name: string, labelNames: readonly string[]) => Series;

/** Metrics by name, made at first use; their label names are those of the first use. */
class MetricTable {
  readonly #metrics = new Map<string, BoundedMetric>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  get(key: readonly string[], labels: Labels, make: Make): BoundedMetric {
    const name = metricName(this.#prefix, key);
    let metric = this.#metrics.get(name);
    if (metric === undefined) {
      metric = new BoundedMetric(make(name, Object.keys(labels)));
      this.#metrics.set(name, metric);
    }
    return metric;
  }
}

function makers(registry: Registry): { counter: Make; gauge: Make; summary: Make } {
  const registers = [registry];
  return {
    counter(name, labelNames) {
      const counter = new Counter({ name, help: name, labelNames: [...labelNames], registers });
      return { add: (value, labels) => counter.inc(labels, value) };
    },
    gauge(name, labelNames) {
      const gauge = new Gauge({ name, help: name, labelNames: [...labelNames], registers });
      return { add: (value, labels) => gauge.set(labels, value) };
    },
    summary(name, labelNames) {
      const summary = new Summary({
        name,
        help: name,
        labelNames: [...labelNames],
        percentiles: QUANTILES,
        maxAgeSeconds: SUMMARY_AGE_SECONDS,
        ageBuckets: SUMMARY_AGE_BUCKETS,
        registers,
      });
      return { add: (value, labels) => summary.observe(labels, value) };
    },
  };
}

function callCounterOf(calls: BoundedMetric, elapsed: BoundedMetric, labels: Labels): CallCounter {
  const byStatus = new Map<number, Labels>();
  const labelsOf = (status: number): Labels => {
    let withStatus = byStatus.get(status);
    if (withStatus === undefined) {
      withStatus = { ...labels, status: statusName(status) };
      if (byStatus.size < MAX_SERIES_PER_METRIC) byStatus.set(status, withStatus);
    }
    return withStatus;
  };
  const observe = (status: number, elapsedMs: number): void => {
    calls.add(1, labelsOf(status));
    elapsed.add(elapsedMs, labelsOf(status));
  };
  return {
    observe,
    start() {
      const startedAt = monotonicMs();
      let isOver = false;
      return (status) => {
        if (!isOver) observe(status, monotonicMs() - startedAt);
        isOver = true;
      };
    },
  };
}

/**
 * The metrics of a program, under SPIRE's names.
 *
 * @spec SPIRE telemetry: `_elapsed_time` summaries in ms with quantiles .5 .9 .99, counters without `_total`, labels
 *   `host` and `trust_domain`.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({
    ...(options.hostLabel === false ? {} : { host: labelValue(hostname()) }),
    ...(options.trustDomain === undefined ? {} : { trust_domain: labelValue(options.trustDomain) }),
  });
  const table = new MetricTable(options.prefix);
  const make = makers(registry);
  const metrics: Metrics = {
    callCounter(key, labels = {}) {
      const cleaned = clean(labels);
      const named = { ...cleaned, status: '' };
      const calls = table.get(key, named, make.counter);
      return callCounterOf(calls, table.get([...key, 'elapsed_time'], named, make.summary), cleaned);
    },
    count: (key, value = 1, labels = {}) => table.get(key, labels, make.counter).add(value, clean(labels)),
    gauge: (key, value, labels = {}) => table.get(key, labels, make.gauge).add(value, clean(labels)),
    sample: (key, value, labels = {}) => table.get(key, labels, make.summary).add(value, clean(labels)),
    expose: () => registry.metrics(),
    close: () => runtime?.stop(),
  };
  const runtime = options.runtime === false ? undefined : watchRuntime(metrics);
  return metrics;
}
