import { credentials } from '@grpc/grpc-js';
import { createClient, type LocalWorkloadClient, workloadService } from '@signet/api';
import {
  type agentSocketFlags,
  agentSocketPath,
  type CommandContext,
  type FlagTable,
  withLocalClient,
} from '@signet/daemon';

type SocketContext = CommandContext<typeof agentSocketFlags & FlagTable>;

/** Opens the agent's service for tasks for the time that `use` takes. */
export function withTasks<T>(
  context: Pick<SocketContext, 'flags' | 'env'>,
  use: (client: LocalWorkloadClient) => Promise<T>,
): Promise<T> {
  const open = (target: string): LocalWorkloadClient =>
    createClient<LocalWorkloadClient>(workloadService, target, credentials.createInsecure());
  return withLocalClient({ socketPath: agentSocketPath(context), program: 'agent', open }, use);
}
