import type { ServerResponse } from 'node:http';
import { listenHttp, type HttpListener } from '../http/http-listener.ts';
import type { Health } from './health.ts';

/** Where health is asked for. */
export interface HealthListenerOptions {
  readonly host: string;
  readonly port: number;
  /** default of SPIRE: `/live`. */
  readonly livePath: string;
  /** default of SPIRE: `/ready`. */
  readonly readyPath: string;
  readonly health: Health;
}

function answer(response: ServerResponse, isFine: boolean, details: unknown): void {
  response
    .writeHead(isFine ? 200 : 500, { 'content-type': 'application/json' })
    .end(`${JSON.stringify(details)}\n`);
}

/**
 * Answers 200 or 500 and a JSON object of subsystems under the two paths, 404 elsewhere.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`
 * @spec SPIRE health_checks
 */
export function startHealthListener(options: HealthListenerOptions): Promise<HttpListener> {
  const { host, port, livePath, readyPath, health } = options;
  const keys = { hostKey: 'health_checks.bind_address', portKey: 'health_checks.bind_port' };
  return listenHttp({ host, port, ...keys }, (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    const { live, liveDetails, ready, readyDetails } = health.report();
    if (path === livePath) answer(response, live, liveDetails);
    else if (path === readyPath) answer(response, ready, readyDetails);
    else response.writeHead(404).end();
  });
}
