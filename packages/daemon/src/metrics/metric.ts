import { labelValue } from './metric-name.ts';
import type { Labels, MetricKind, Series } from './metrics.ts';
import { newSeries, type ReadableSeries, type SampleLine } from './series.ts';

// Labels come from closed sets; should one not, its series end here instead of in memory.
const MAX_SERIES = 256;
const OTHER = 'other';

/** One metric: its series by the values of their labels. Those beyond the cap are one, whose label values are `other`. */
export class Metric {
  readonly name: string;
  readonly #kind: MetricKind;
  readonly #series = new Map<string, { readonly labels: Labels; readonly series: ReadableSeries }>();

  constructor(name: string, kind: MetricKind) {
    this.name = name;
    this.#kind = kind;
  }

  /** The series with these labels; the same object for the same labels. */
  series(labels: Labels): Series {
    const cleaned = cleanLabels(labels);
    const known = this.#series.get(keyOf(cleaned));
    if (known !== undefined) return known.series;
    if (this.#series.size < MAX_SERIES) return this.#add(cleaned);
    const others = Object.fromEntries(Object.keys(labels).map((name) => [name, OTHER]));
    return this.#series.get(keyOf(others))?.series ?? this.#add(others);
  }

  /** The metric in Prometheus' text format. @param common - labels that every line gets. */
  expose(common: Labels): string {
    const lines = [...this.#series.values()].flatMap(({ labels, series }) =>
      series.lines().map((line) => this.#text(line, { ...labels, ...common, ...labels })),
    );
    return [`# HELP ${this.name} ${this.name}`, `# TYPE ${this.name} ${this.#kind}`, ...lines].join('\n');
  }

  #add(labels: Labels): Series {
    const series = newSeries(this.#kind);
    this.#series.set(keyOf(labels), { labels, series });
    return series;
  }

  #text({ suffix, quantile, value }: SampleLine, labels: Labels): string {
    const all = Object.entries(quantile === undefined ? labels : { quantile: String(quantile), ...labels });
    // Label values hold no character that would have to be escaped.
    const written = all.map(([name, text]) => `${name}="${text}"`).join(',');
    return `${this.name}${suffix}${written === '' ? '' : `{${written}}`} ${numberText(value)}`;
  }
}

function cleanLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelValue(value)]));
}

function keyOf(labels: Labels): string {
  return Object.entries(labels).join('\u0000');
}

function numberText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
