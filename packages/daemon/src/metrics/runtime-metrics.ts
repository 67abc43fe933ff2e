import { constants, PerformanceObserver } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

const INTERVAL_MS = 1000;

/** An entry of type gc; Node's types leave out the detail. */
interface CollectionEntry {
  readonly duration: number;
  readonly detail?: { readonly kind?: number };
}

function measure(metrics: Metrics): void {
  const { heapUsed, rss } = process.memoryUsage();
  metrics.gauge(['runtime', 'alloc_bytes'], heapUsed);
  metrics.gauge(['runtime', 'sys_bytes'], rss);
  metrics.gauge(['runtime', 'num_goroutines'], process.getActiveResourcesInfo().length);
}

/** Garbage collections, as they happen; incremental marking is not a collection. */
function watchCollections(metrics: Metrics): PerformanceObserver {
  let runs = 0;
  let pauseNs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration, detail } of list.getEntries() as readonly CollectionEntry[]) {
      if (detail?.kind === constants.NODE_PERFORMANCE_GC_INCREMENTAL) continue;
      runs += 1;
      pauseNs += duration * 1e6;
      metrics.sample(['runtime', 'gc_pause_ns'], duration * 1e6);
    }
    metrics.gauge(['runtime', 'total_gc_runs'], runs);
    metrics.gauge(['runtime', 'total_gc_pause_ns'], pauseNs);
  });
  observer.observe({ entryTypes: ['gc'] });
  return observer;
}

/**
 * Measures memory each second and every garbage collection.
 *
 * SPIRE's names are kept where the meaning is close: `alloc_bytes` is the used heap, `sys_bytes` the resident size,
 * `num_goroutines` the active resources of the event loop. Object counts have no counterpart here.
 */
export function watchRuntime(metrics: Metrics): { stop(): void } {
  measure(metrics);
  const timer = setInterval(() => measure(metrics), INTERVAL_MS).unref();
  const observer = watchCollections(metrics);
  return {
    stop() {
      clearInterval(timer);
      observer.disconnect();
    },
  };
}
