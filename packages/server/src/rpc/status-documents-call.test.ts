import { once } from 'node:events';
import { connect } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentFeedClient, agentFeedService } from '@signet/api';
import { parseSpiffeId } from '@signet/core';
import { silentLogger } from '@signet/daemon';
import { callUnary } from '../../../../test/kit/grpc-call.ts';
import { type TestAgent, TestServer } from '../../../../test/kit/test-server.ts';
import { CallLife } from './call-life.ts';
import { statusDocumentsHandler } from './status-documents-call.ts';

let server: TestServer;
let agent: TestAgent;

beforeAll(async () => {
  server = await TestServer.start();
  agent = await server.attestAgent();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

describe('GetStatusDocuments', () => {
  it('is answered again and again to who takes the answers', async () => {
    const client = (await server.connect(agent)).of<AgentFeedClient>(agentFeedService);
    for (let i = 0; i < 5; i++) {
      expect((await callUnary(client, client.GetStatusDocuments, {})).crls).toHaveLength(1);
    }
  });

  it('is refused to an agent that has not taken two answers', async () => {
    const session = connect(`https://127.0.0.1:${server.port}`, {
      cert: agent.chainPem,
      key: agent.keyPem,
      rejectUnauthorized: false,
      settings: { initialWindowSize: 0 },
    });
    session.on('error', () => undefined);
    await once(session, 'connect');
    for (let i = 0; i < 2; i++) {
      const stream = session.request({
        ':method': 'POST',
        ':path': agentFeedService.GetStatusDocuments.path,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      stream.on('error', () => undefined);
      stream.end(Buffer.alloc(5));
      await once(stream, 'response');
    }
    const client = (await server.connect(agent)).of<AgentFeedClient>(agentFeedService);
    await expect(callUnary(client, client.GetStatusDocuments, {})).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    session.destroy();
    for (;;) {
      const answer = await callUnary(client, client.GetStatusDocuments, {}).catch(() => undefined);
      if (answer !== undefined) break;
    }
  });

  it('has the same bytes for all until there are other documents, and cuts off who does not take them', async () => {
    let changed = (): void => undefined;
    let crls: Uint8Array[] = [Buffer.of(1)];
    const source = {
      current: () => Promise.resolve({ crls, statusLists: [], revocation: 1 }),
      onChange: (listener: () => void) => {
        changed = listener;
        return () => undefined;
      },
    };
    const cut = new Promise((resolve, reject) => {
      const handler = statusDocumentsHandler({ source, connections: { cut: resolve }, unreadMs: 50 });
      const ask = async (peerId: string, isTaken: boolean): Promise<Buffer> => {
        const life = new CallLife(silentLogger);
        const id = parseSpiffeId(`spiffe://example.org/spire/agent/${peerId}`);
        const answer = await handler({}, { caller: { kind: 'remote', svid: { id } }, life, peerId } as never);
        if (isTaken) life.gone();
        return answer;
      };
      void (async () => {
        const first = await ask('a', true);
        expect(await ask('b', true)).toBe(first);
        crls = [Buffer.of(2)];
        changed();
        expect((await ask('c', false)).equals(first)).toBe(false);
      })().catch(reject);
    });
    expect(await cut).toBe('c');
  });
});
