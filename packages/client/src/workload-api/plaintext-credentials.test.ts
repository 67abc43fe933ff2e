import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { rejectionCode } from '../testdata/error-code.ts';
import { WorkloadApiClient } from './workload-api-client.ts';

it('a client that was closed while its agent was away says nothing to the one that comes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signet-client-'));
  const path = join(folder, 'api.sock');
  const client = new WorkloadApiClient({ endpoint: `unix://${path}` });
  expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_UNAVAILABLE');
  client.close();
  const agent = createServer().listen(path);
  const [socket] = (await once(agent, 'connection')) as [Socket];
  let received = 0;
  socket.on('data', ({ length }: Buffer) => (received += length));
  await once(socket, 'close');
  expect(received).toBe(0);
  agent.close();
  await rm(folder, { recursive: true });
});
