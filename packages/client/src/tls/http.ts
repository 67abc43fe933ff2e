import { Agent, type AgentOptions } from 'node:https';
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  type SecureClientSessionOptions,
} from 'node:http2';
import { Duplex } from 'node:stream';
import { isIP } from 'node:net';
import type { X509Source } from '../source/x509-source.ts';
import { mtlsConnect, type MtlsClientOptions } from './client.ts';

interface Target {
  readonly host?: string | null | undefined;
  readonly hostname?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}

/** An agent for `https.request`: every new connection presents the current SVID and verifies the server. */
export function mtlsAgent(
  source: X509Source,
  options: MtlsClientOptions,
  agentOptions: AgentOptions = {},
): Agent {
  const agent = new Agent({ ...agentOptions, maxCachedSessions: 0 });
  (agent as unknown as { createConnection(target: Target): Duplex }).createConnection = (target) =>
    connectOrFail(source, options, target, 'http/1.1');
  return agent;
}

/** An HTTP/2 session with a server that is verified before the first request leaves. */
export function mtlsHttp2(
  source: X509Source,
  options: MtlsClientOptions,
  authority: string | URL,
  sessionOptions: SecureClientSessionOptions = {},
): ClientHttp2Session {
  return connectHttp2(authority, {
    ...sessionOptions,
    createConnection: (url) => connectOrFail(source, options, url, 'h2'),
  });
}

/**
 * The `connect` option of an undici `Agent`, which `fetch` takes as its `dispatcher`.
 *
 * ```ts
 * const dispatcher = new Agent({ connect: mtlsConnector(source, { authorize }) });
 * await fetch('https://orders:8443/', { dispatcher });
 * ```
 */
export function mtlsConnector(
  source: X509Source,
  options: MtlsClientOptions,
): (target: Target, callback: (error: Error | null, socket: Duplex | null) => void) => void {
  return (target, callback) => {
    const socket = connectOrFail(source, options, target, 'http/1.1');
    const onError = (error: Error): void => callback(error, null);
    socket.once('error', onError);
    socket.once('secureConnect', () => {
      if (socket.destroyed) return;
      socket.off('error', onError);
      callback(null, socket);
    });
  };
}

/** A connection; when there is no SVID to open it with, a socket that fails with the reason. */
function connectOrFail(
  source: X509Source,
  options: MtlsClientOptions,
  target: Target,
  protocol: string,
): Duplex {
  try {
    return mtlsConnect(source, options, { ...address(target), ALPNProtocols: [protocol] });
  } catch (error) {
    return new Duplex().destroy(error as Error);
  }
}

function address(target: Target): { host: string; port: number; servername?: string } {
  const host = (target.hostname ?? target.host ?? 'localhost').replace(/^\[(.*)\]$/, '$1');
  const port = Number(
    target.port === undefined || target.port === null || target.port === '' ? 443 : target.port,
  );
  return isIP(host) === 0 ? { host, port, servername: host } : { host, port };
}
