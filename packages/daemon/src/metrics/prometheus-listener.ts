import { listenHttp, type HttpListener } from '../http/http-listener.ts';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from './metrics.ts';
import { processMetricsText } from './process-metrics.ts';

/** Where metrics are read. */
export interface PrometheusOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Serves the metrics to Prometheus, and those of the process, under every path, as SPIRE does.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`
 */
export function startPrometheusListener({
  host,
  port,
  metrics,
  logger,
}: PrometheusOptions): Promise<HttpListener> {
  const keys = { hostKey: 'telemetry.Prometheus.host', portKey: 'telemetry.Prometheus.port' };
  return listenHttp({ host, port, ...keys }, (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    Promise.all([metrics.expose(), processMetricsText()]).then(
      (texts) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(texts.join('\n')),
      (error: unknown) => {
        logger.error('Could not collect metrics', { error });
        response.writeHead(500).end();
      },
    );
  });
}
