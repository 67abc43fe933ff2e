import { connect } from 'node:net';
import { credentials } from '@grpc/grpc-js';
import { createClient, type HealthClient, healthService } from '@signet/api';
import { callUnary } from './grpc-call.ts';

/** Whether what listens on a Unix socket says that it is well. */
export async function isServing(socketPath: string): Promise<boolean> {
  // A client that could not connect connects once more after it was closed, and then stays connected.
  if (!(await isListening(socketPath))) return false;
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

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
