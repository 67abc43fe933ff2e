import { credentials } from '@grpc/grpc-js';
import { createClient, type HealthClient, healthService } from '@signet/api';
import { callUnary } from './grpc-call.ts';

/** Whether what listens on a Unix socket says that it is well. */
export async function isServing(socketPath: string): Promise<boolean> {
  const client = createClient<HealthClient>(
    healthService,
    `unix:${socketPath}`,
    credentials.createInsecure(),
    {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.default_authority': 'localhost',
    },
  );
  try {
    const { status } = await callUnary(
      client,
      client.Check,
      { service: '' },
      { deadline: Date.now() + 5_000 },
    );
    return status === 'SERVING';
  } catch {
    return false;
  } finally {
    client.close();
  }
}
