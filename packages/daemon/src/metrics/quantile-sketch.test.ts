import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QuantileSketch } from './quantile-sketch.ts';

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function exactQuantile(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(quantile * sorted.length)) - 1] ?? Number.NaN;
}

describe('QuantileSketch', () => {
  it('finds every quantile within 1.5 %', () => {
    const value = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.constantFrom(0, 0.5, 0.9, 0.99, 1), (values, q) => {
        const exact = exactQuantile(values, q);
        expect(Math.abs(sketchOf(values).quantile(q) - exact)).toBeLessThanOrEqual(exact * 0.0151);
      }),
    );
  });

  it('of two, merged, is that of all values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.array(fc.nat()), (a, b) => {
        const merged = sketchOf(a).mergedWith(sketchOf(b));
        const all = sketchOf([...a, ...b]);
        expect([0.5, 0.9, 0.99].map((q) => merged.quantile(q))).toEqual(
          [0.5, 0.9, 0.99].map((q) => all.quantile(q)),
        );
      }),
    );
  });

  it('of nothing has no quantiles', () => {
    expect(new QuantileSketch().quantile(0.5)).toBeNaN();
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('takes %d', (value) => {
    expect(sketchOf([value]).quantile(0.5)).not.toBeNaN();
  });
});
