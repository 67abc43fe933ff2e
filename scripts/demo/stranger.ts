// The demo's third process: nobody registered it, so it gets nothing, and learns why.
import { WorkloadApiClient, type WorkloadApiError } from '@signet/client';
import { tell } from './tell.ts';

using client = new WorkloadApiClient();
try {
  await client.fetchX509Context();
  tell({ event: 'accepted' });
} catch (error) {
  tell({ event: 'refused', code: (error as WorkloadApiError).code, reason: (error as Error).message });
}
