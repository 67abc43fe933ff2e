import { type agentFeedService } from '@signet/api';
import { agentFeedHandler, type FeedConnections } from '../feed/serve-agent-feed.ts';
import { type AgentFeeds } from '../feed/agent-feeds.ts';
import { type StatusDocumentSource } from '../feed/status-documents.ts';
import { type Handlers } from './service-host.ts';
import { statusDocumentsHandler } from './status-documents-call.ts';

/** The roles behind the feed of agents. */
export interface AgentFeedServiceDeps {
  readonly feeds: AgentFeeds;
  readonly statusDocuments: StatusDocumentSource;
}

/** The handlers of `signet.agent.v1.AgentFeed`. */
export function createAgentFeedService(
  deps: AgentFeedServiceDeps,
  connections: FeedConnections,
): Handlers<typeof agentFeedService, 'Connect'> {
  return {
    Connect: agentFeedHandler({ feeds: deps.feeds, connections }),

    GetStatusDocuments: statusDocumentsHandler({ source: deps.statusDocuments, connections }),
  };
}
