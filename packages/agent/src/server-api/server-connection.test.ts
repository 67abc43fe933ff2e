import { status } from '@grpc/grpc-js';
import type { GetBundleRequestInput, WireBundleOutput } from '@signet/api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SvidError } from '@signet/core';
import { systemClock } from '@signet/daemon';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import { callUnary } from './call.ts';
import { denialOf } from './server-call-error.ts';
import type { ServerChannel } from './server-channel.ts';
import type { ServerConnection } from './server-connection.ts';

let server: ScriptedServer;
let connection: ServerConnection;

beforeEach(async () => {
  server = await ScriptedServer.open();
  connection = agentConnection(server);
});
afterEach(async () => {
  connection.drop();
  await server[Symbol.asyncDispose]();
});

const NOTHING: GetBundleRequestInput = {};

function getBundle({ bundle }: ServerChannel): Promise<WireBundleOutput> {
  return callUnary('GetBundle', systemClock, (options, done) => bundle.GetBundle(NOTHING, options, done));
}

/** The channel that the next call goes over. */
function channelInUse(): Promise<ServerChannel> {
  return connection.use((channel) => Promise.resolve(channel));
}

async function failWith(error: status | Error): Promise<void> {
  if (error instanceof Error) {
    await connection.use(() => Promise.reject(error)).catch(() => undefined);
    return;
  }
  server.failures.set('GetBundle', [error]);
  await expect(connection.use(getBundle)).rejects.toMatchObject({ status: error });
}

describe('ServerConnection', () => {
  it.each([
    ['a refused call', status.PERMISSION_DENIED],
    ['an entry that the server does not know', status.NOT_FOUND],
    ['a malformed request', status.INVALID_ARGUMENT],
    ['too many calls', status.RESOURCE_EXHAUSTED],
    ['a failure inside the server', status.INTERNAL],
    ['an answer that makes no sense', new SvidError('ERR_JWT_MALFORMED', 'no token')],
  ])('goes on after %s: one workload cannot take the connection from all others', async (_, error) => {
    const before = await channelInUse();
    await failWith(error);
    expect((await channelInUse()) === before).toBe(true);
  });

  it.each([
    ['a server that cannot be reached', status.UNAVAILABLE],
    ['a server that does not answer', status.DEADLINE_EXCEEDED],
    ['a server that does not know who calls', status.UNAUTHENTICATED],
  ])('is made anew after %s', async (_, error) => {
    const before = await channelInUse();
    await failWith(error);
    expect((await channelInUse()) === before).toBe(false);
    await expect(connection.use(getBundle)).resolves.toBeDefined();
  });

  it('does not take a refusal of the former SVID for one of the present', async () => {
    server.denial = 'AGENT_NOT_ACTIVE';
    const refused = connection.use((channel) =>
      callUnary(
        'GetAuthorizedEntries',
        systemClock,
        (options, done) => channel.entry.GetAuthorizedEntries({}, options, done),
        // A rotation comes before the answer does.
      ).finally(() => connection.drop()),
    );
    await expect(refused).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    expect(denialOf(await refused.catch((error: unknown) => error))).toBeUndefined();
  });
});
