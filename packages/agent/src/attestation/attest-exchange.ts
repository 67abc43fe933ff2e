import type {
  AgentClient,
  AttestAgentRequestInput,
  AttestAgentResponseOutput,
  AgentX509SVIDParamsInput,
} from '@signet/api';
import { AgentError, AttestationError, type Clock } from '@signet/core';
import type { NodeAttestationAttempt } from '@signet/plugins';
import { callDeadline } from '../server-api/call.ts';
import { messageStream } from '../server-api/message-stream.ts';

/** What the server gives to an agent that it has admitted. */
export interface Admission {
  /** leaf first, DER. */
  readonly chainDer: readonly Uint8Array[];
  readonly reattestable: boolean;
}

const MAX_CHALLENGES = 16;

/**
 * Presents the node's evidence, answers what the server asks, and takes the SVID.
 *
 * @param type - the attestor's name.
 * @throws {ServerCallError} when the server refuses; {AttestationError} when a challenge cannot be answered.
 * @spec SPIRE server API §4.1
 */
export async function attestAgent(
  client: AgentClient,
  type: string,
  attempt: NodeAttestationAttempt,
  csr: Uint8Array,
  clock: Clock,
): Promise<Admission> {
  const stream = messageStream<AttestAgentRequestInput, AttestAgentResponseOutput>(
    'AttestAgent',
    client.AttestAgent(callDeadline(clock)),
  );
  try {
    const params: AgentX509SVIDParamsInput = { csr };
    stream.send({ params: { data: { type, payload: attempt.payload }, params } });
    for (let answered = 0; answered <= MAX_CHALLENGES; answered++) {
      const message = await stream.receive();
      if (message.step !== 'challenge') return admission(message);
      stream.send({ challenge_response: await attempt.respond(message.challenge ?? new Uint8Array()) });
    }
    throw new AttestationError('ERR_ATTESTATION_CHALLENGE', 'the server asked too many questions');
  } finally {
    stream.close();
  }
}

function admission(message: AttestAgentResponseOutput): Admission {
  const svid = message.result?.svid;
  if (svid === null || svid === undefined || svid.cert_chain.length === 0) {
    throw new AgentError('ERR_FAILED_PRECONDITION', 'the server sent no SVID');
  }
  return { chainDer: svid.cert_chain, reattestable: message.result?.reattestable === true };
}
