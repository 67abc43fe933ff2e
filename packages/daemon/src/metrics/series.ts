import { monotonicMs } from '../process/clock.ts';
import type { MetricKind, Series } from './metrics.ts';
import { QuantileSketch } from './quantile-sketch.ts';

/** One line of a metric in Prometheus' text format, without the labels that all lines of the series have. */
export interface SampleLine {
  /** added to the metric's name: `_sum`, `_count` or nothing. */
  readonly suffix: string;
  /** set on the lines of a summary that are quantiles. */
  readonly quantile?: number;
  readonly value: number;
}

/** A series that can be read. */
export interface ReadableSeries extends Series {
  lines(): readonly SampleLine[];
}

/** A series with nothing recorded yet. */
export function newSeries(kind: MetricKind): ReadableSeries {
  switch (kind) {
    case 'counter':
      return new CounterSeries();
    case 'gauge':
      return new GaugeSeries();
    case 'summary':
      return new SummarySeries();
  }
}

class CounterSeries implements ReadableSeries {
  #value = 0;

  record(value: number): void {
    this.#value += value;
  }

  lines(): readonly SampleLine[] {
    return [{ suffix: '', value: this.#value }];
  }
}

class GaugeSeries implements ReadableSeries {
  #value = 0;

  record(value: number): void {
    this.#value = value;
  }

  lines(): readonly SampleLine[] {
    return [{ suffix: '', value: this.#value }];
  }
}

const QUANTILES = [0.5, 0.9, 0.99];
// Quantiles are over this and the generation before it: the last five to ten seconds, as SPIRE's.
const GENERATION_MS = 5_000;

class SummarySeries implements ReadableSeries {
  #count = 0;
  #sum = 0;
  #current = new QuantileSketch();
  #previous = new QuantileSketch();
  #generationEndsMs = monotonicMs() + GENERATION_MS;

  record(value: number): void {
    this.#age();
    this.#count += 1;
    this.#sum += value;
    this.#current.add(value);
  }

  lines(): readonly SampleLine[] {
    this.#age();
    const recent = this.#previous.mergedWith(this.#current);
    return [
      ...QUANTILES.map((quantile) => ({ suffix: '', quantile, value: recent.quantile(quantile) })),
      { suffix: '_sum', value: this.#sum },
      { suffix: '_count', value: this.#count },
    ];
  }

  #age(): void {
    const nowMs = monotonicMs();
    if (nowMs < this.#generationEndsMs) return;
    const isLate = nowMs >= this.#generationEndsMs + GENERATION_MS;
    this.#previous = isLate ? new QuantileSketch() : this.#current;
    this.#current = new QuantileSketch();
    this.#generationEndsMs = nowMs + GENERATION_MS;
  }
}
