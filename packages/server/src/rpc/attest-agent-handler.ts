import { type AttestAgentRequestOutput, type AttestAgentResponseInput, x509SvidToWire } from '@signet/api';
import { SignetError } from '@signet/core';
import { attestAgent, type AttestAgentDeps } from '../attestation/attest-agent.ts';
import { type MessageStream } from './message-stream.ts';
import { type StreamHandler } from './service-host.ts';

type AttestStream = MessageStream<AttestAgentRequestOutput, AttestAgentResponseInput>;

/** What the first message of an attestation holds, complete. */
interface AttestParams {
  readonly type: string;
  readonly payload: Uint8Array;
  readonly csrDer: Uint8Array;
}

/** The handler of AttestAgent. @spec spire-server-api §4.1 */
export function attestAgentHandler(
  deps: Omit<AttestAgentDeps, 'log'>,
): StreamHandler<AttestAgentRequestOutput, AttestAgentResponseInput> {
  return async (stream, call) => {
    const params = attestParams(await stream.read());
    call.audit.note({ node_attestor_type: params.type });
    const { caller } = call;
    const { signal, log } = call.life;
    const attested = await attestAgent(
      {
        ...params,
        signal,
        ...(caller.kind === 'remote' && { peerAddress: caller.ip }),
        challenge: (challenge) => exchange(stream, challenge),
      },
      { ...deps, log },
    );
    const { agentId, svid, canReattest } = attested;
    call.audit.note({ agent_id: agentId.uri, expires_at: svid.expiresAt, serial_number: svid.serialHex });
    log.info('Node attested', { agent_id: agentId.uri, node_attestor_type: params.type });
    await stream.write({
      result: {
        svid: x509SvidToWire({ id: agentId, chain: svid.chainDer, expiresAt: svid.expiresAt }),
        reattestable: canReattest,
      },
    });
  };
}

/** @throws {SignetError} `ERR_INVALID_ARGUMENT` with the first thing that is missing, in SPIRE's order. */
export function attestParams(message: AttestAgentRequestOutput | undefined): AttestParams {
  if (message === undefined) throw invalid('failed to receive request from stream: the stream ended');
  const params = message.params;
  const missing = (what: string): SignetError => invalid(`malformed param: missing ${what}`);
  if (!params) throw missing('params');
  if (!params.data) throw missing('attestation data');
  if (!params.params) throw missing('X509-SVID parameters');
  if (params.params.csr.length === 0) throw missing('CSR');
  if (params.data.type === '') throw missing('attestation data type');
  if (params.data.payload.length === 0) throw missing('attestation data payload');
  return { type: params.data.type, payload: params.data.payload, csrDer: params.params.csr };
}

async function exchange(stream: AttestStream, challenge: Uint8Array): Promise<Uint8Array> {
  await stream.write({ challenge });
  const message = await stream.read();
  // The oneof case says whether it is a response; the bytes may be empty.
  if (message?.step !== 'challenge_response' || message.challenge_response === undefined) {
    throw invalid('failed to receive challenge response from stream');
  }
  return message.challenge_response;
}

function invalid(text: string): SignetError {
  return new SignetError('ERR_INVALID_ARGUMENT', text);
}
