/** Label names and values; values come from closed sets, never from what a caller sent. */
export type Labels = Readonly<Record<string, string>>;

/** Counts calls and how long they took. */
export interface CallCounter {
  /** Starts one call. @returns ends it, once, with the gRPC status number (0 is OK). */
  start(): (status: number) => void;
  observe(status: number, elapsedMs: number): void;
}

/** What a metric is, in Prometheus' words. */
export type MetricKind = 'counter' | 'gauge' | 'summary';

/** One metric with one set of label values. Recording costs next to nothing: it is what busy paths hold on to. */
export interface Series {
  /** Adds to a counter or a summary, sets a gauge. */
  record(value: number): void;
}

/** The metrics of a program, named as SPIRE's. */
export interface Metrics {
  /** The series of this name and these labels; made at first use. */
  series(kind: MetricKind, key: readonly string[], labels?: Labels): Series;
  /** Counter `<prefix>_<key>` and summary `<prefix>_<key>_elapsed_time` (ms), both with the label `status`. */
  callCounter(key: readonly string[], labels?: Labels): CallCounter;
  /** Adds to a counter. */
  count(key: readonly string[], value?: number, labels?: Labels): void;
  gauge(key: readonly string[], value: number, labels?: Labels): void;
  /** Adds to a summary. */
  sample(key: readonly string[], value: number, labels?: Labels): void;
  /** All metrics in Prometheus' text format. */
  expose(): Promise<string>;
  /** Stops measuring the runtime. */
  close(): void;
}

function ignore(): void {
  return undefined;
}

/** Metrics that go nowhere. */
export const noMetrics: Metrics = {
  series: () => ({ record: ignore }),
  callCounter: () => ({ start: () => ignore, observe: ignore }),
  count: ignore,
  gauge: ignore,
  sample: ignore,
  expose: () => Promise.resolve(''),
  close: ignore,
};
