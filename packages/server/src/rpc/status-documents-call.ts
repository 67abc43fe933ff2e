import { agentFeedService } from '@signet/api';
import { RateLimitError } from '@signet/core';
import { after } from '@signet/daemon';
import { type FeedConnections } from '../feed/serve-agent-feed.ts';
import { type StatusDocumentSource } from '../feed/status-documents.ts';
import { callerId } from './caller.ts';
import { type UnaryHandler } from './service-host.ts';

/** What answering with status documents needs. */
export interface StatusDocumentsCallDeps {
  readonly source: StatusDocumentSource;
  readonly connections: Pick<FeedConnections, 'cut'>;
  /** how long an answer may be on its way; default: half a minute. */
  readonly unreadMs?: number;
}

/** An agent fetches them one after the other; one call more may be left of its former connection. */
const OPEN_PER_AGENT = 2;
const UNREAD_MS = 30_000;

/**
 * The handler of AgentFeed.GetStatusDocuments. All are answered with the same bytes; who does not take them loses its
 * connection.
 *
 * @throws {RateLimitError} `ERR_RATE_LIMITED` when the agent has not taken the answers before.
 */
export function statusDocumentsHandler(deps: StatusDocumentsCallDeps): UnaryHandler<unknown, Buffer> {
  const { source, connections, unreadMs = UNREAD_MS } = deps;
  const open = new Map<string, number>();
  let encoded: Promise<Buffer> | undefined;
  source.onChange(() => (encoded = undefined));
  return (_request, { caller, life, peerId }) => {
    const agent = callerId(caller).uri;
    const count = open.get(agent) ?? 0;
    if (count >= OPEN_PER_AGENT) {
      return Promise.reject(new RateLimitError('ERR_RATE_LIMITED', 'answers before were not taken yet'));
    }
    open.set(agent, count + 1);
    const late = after(unreadMs, () => connections.cut(peerId, 'status documents are not read'));
    life.onGone(() => {
      late.cancel();
      const left = (open.get(agent) ?? 1) - 1;
      if (left > 0) open.set(agent, left);
      else open.delete(agent);
    });
    return (encoded ??= encode(source));
  };
}

async function encode(source: StatusDocumentSource): Promise<Buffer> {
  const { crls, statusLists, revocation } = await source.current();
  const response = { crls: [...crls], status_lists: [...statusLists], revocation };
  return agentFeedService.GetStatusDocuments.responseSerialize(response);
}
