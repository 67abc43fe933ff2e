// Tells, as JSON, what the Workload API gives this process, in the task that is named: each SPIFFE ID with the task of its
// SVID, or the code of the refusal.
import { WorkloadApiClient, type WorkloadApiError } from '@signet/client';

const [, , id = ''] = process.argv;
const task = {
  id,
  endpoint: process.env['SPIFFE_ENDPOINT_SOCKET'] ?? '',
  destinations: [],
  signal: new AbortController().signal,
};
using client = new WorkloadApiClient(id === '' ? {} : { task });
const answer = await client.fetchX509Context().then(
  ({ svids }) => svids.map((svid) => ({ spiffeId: svid.id.uri, taskId: svid.leaf.taskId })),
  (error: unknown) => (error as WorkloadApiError).code,
);
console.log(JSON.stringify(answer));
