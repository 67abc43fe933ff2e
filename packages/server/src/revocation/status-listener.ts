import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { type Clock, nowSeconds, type Seconds, type UnixSeconds } from '@signet/core';
import { type ConfiguredAddress, type HttpListener, listenHttp } from '@signet/daemon';
import type { MadeCrl } from './crl-maker.ts';
import type { MadeStatusList } from './status-list-maker.ts';
import type { SignedStatusDocuments } from './status-documents.ts';
import { STATUS_LIST_TYPE } from './status-list-token.ts';

/** Where status documents are asked for. */
export interface StatusListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly documents: Pick<SignedStatusDocuments, 'crl' | 'statusList'>;
  readonly clock: Clock;
}

/** A document as it is served. */
interface Served {
  readonly type: string;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly lastModified: UnixSeconds | undefined;
  readonly expiresAt: UnixSeconds;
}

/** A revocation is to be seen in time: nobody may go by a copy for longer, however long the document itself holds. */
const MAX_AGE: Seconds = 60;
const CRL_PATH = /^\/crls\/([0-9a-f]{2,128})\.crl$/;
const STATUS_LIST_PATH = /^\/status-lists\/([A-Za-z0-9_-]{12})$/;
const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

/** The address, with the keys that name it. */
export function statusAddress({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): ConfiguredAddress {
  const keys = { hostKey: 'status_listener.bind_address', portKey: 'status_listener.bind_port' };
  return { host, port, ...keys };
}

/**
 * Serves `/crls/<authority ID>.crl` and `/status-lists/<list ID>`. Over plain HTTP: the documents are signed, and who
 * needs one to judge a TLS certificate cannot be made to judge another first.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS`.
 * @spec RFC 5280 §4.2.1.13, RFC 2585 §3; draft-ietf-oauth-status-list-21 §8; RFC 9110 §13, RFC 9111 §5.2
 */
export function startStatusListener(options: StatusListenerOptions): Promise<HttpListener> {
  const { documents, clock } = options;
  return listenHttp(statusAddress(options), (request, response) => {
    if (!METHODS.has(request.method)) {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const served = find((request.url ?? '').split('?', 1)[0] ?? '', documents);
    if (served === undefined) response.writeHead(404, { 'cache-control': 'no-store' }).end();
    else answer(request, response, served, nowSeconds(clock));
  });
}

/** Strangers may ask as often as they like: what has to be computed is computed once for each document that is made. */
const prepared = new WeakMap<MadeCrl | MadeStatusList, Served>();

function find(path: string, documents: StatusListenerOptions['documents']): Served | undefined {
  const [, authorityId] = CRL_PATH.exec(path) ?? [];
  const crl = authorityId === undefined ? undefined : documents.crl(authorityId);
  if (crl !== undefined) return prepare(crl, 'application/pkix-crl', () => crl.der, crl.nextUpdate);
  const [, listId] = STATUS_LIST_PATH.exec(path) ?? [];
  const list = listId === undefined ? undefined : documents.statusList(listId);
  if (list === undefined) return undefined;
  return prepare(list, `application/${STATUS_LIST_TYPE}`, () => Buffer.from(list.token), list.expiresAt);
}

function prepare(
  made: MadeCrl | MadeStatusList,
  type: string,
  bodyOf: () => Uint8Array,
  expiresAt: UnixSeconds,
): Served {
  const known = prepared.get(made);
  if (known !== undefined) return known;
  const body = bodyOf();
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const served = { type, body, etag, lastModified: made.lastModified, expiresAt };
  prepared.set(made, served);
  return served;
}

function answer(request: IncomingMessage, response: ServerResponse, served: Served, now: UnixSeconds): void {
  const { type, body, etag, lastModified, expiresAt } = served;
  const maxAge = Math.max(0, Math.min(MAX_AGE, expiresAt - now));
  const headers = {
    etag,
    'cache-control': `public, max-age=${maxAge}, must-revalidate`,
    ...(lastModified !== undefined && { 'last-modified': new Date(lastModified * 1000).toUTCString() }),
    expires: new Date((now + maxAge) * 1000).toUTCString(),
    // Verifiers in browsers read them, too: they are as public as the certificates.
    'access-control-allow-origin': '*',
  };
  if (isKnown(request, etag, lastModified)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Dates count only for those who know no entity tags. */
function isKnown({ headers }: IncomingMessage, etag: string, lastModified: UnixSeconds | undefined): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Number.isFinite(since) && lastModified !== undefined && lastModified * 1000 <= since;
}
