import { LineLimiter } from '../log/line-limiter.ts';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Flood } from './flood.ts';

const METRIC = ['listener', 'connection', 'cut'];

/** Tells the operator of connections that were cut for flooding: each in a metric, few of them in the log. */
export function floodReport(logger: Logger, metrics: Metrics): (peer: string, flood: Flood) => void {
  const lines = new LineLimiter({
    report: (reason, count) => logger.warn('More connections cut for flooding', { reason, count }),
  });
  return (peer, flood) => {
    metrics.count(METRIC, 1, { reason: flood });
    if (lines.admit(flood)) {
      logger.warn('Connection cut for flooding', { peer, reason: flood });
    }
  };
}
