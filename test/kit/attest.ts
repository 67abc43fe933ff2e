import type { AgentClient, AttestAgentResponseOutput } from '@signet/api';
import { bytes } from './grpc-call.ts';

/** Runs AttestAgent with a join token to its end. @returns the server's answer. */
export function attestWithToken(
  client: AgentClient,
  token: string,
  csrDer: Uint8Array,
): Promise<AttestAgentResponseOutput> {
  return new Promise((resolve, reject) => {
    const stream = client.AttestAgent();
    stream.on('data', resolve);
    stream.on('error', reject);
    stream.on('end', () => reject(new Error('the stream ended without a result')));
    stream.write({
      params: { data: { type: 'join_token', payload: bytes(token) }, params: { csr: csrDer } },
    });
    stream.end();
  });
}
