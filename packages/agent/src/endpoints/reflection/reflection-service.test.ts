import { type ClientDuplexStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createClient,
  type ServerReflectionClient,
  reflectionService,
  type ServerReflectionRequestInput,
  type ServerReflectionResponseOutput,
} from '@signet/api';
import { TestEndpoint } from '../../testdata/workload-endpoint.ts';

let endpoint: TestEndpoint;
let client: ServerReflectionClient;

beforeEach(async () => {
  endpoint = await TestEndpoint.open({ synced: false });
  client = createClient(reflectionService, `unix:${endpoint.socket}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
});

afterEach(async () => {
  client.close();
  await endpoint[Symbol.asyncDispose]();
});

type Call = ClientDuplexStream<ServerReflectionRequestInput, ServerReflectionResponseOutput>;

/** All answers to questions that are sent at once, and the status at the end. */
async function converse(
  call: Call,
  questions: readonly ServerReflectionRequestInput[],
): Promise<{ readonly answers: readonly ServerReflectionResponseOutput[]; readonly code: status }> {
  const answers: ServerReflectionResponseOutput[] = [];
  call.on('data', (answer: ServerReflectionResponseOutput) => answers.push(answer));
  const code = new Promise<status>((resolve) => {
    call.on('end', () => resolve(status.OK));
    call.on('error', (error: ServiceError) => resolve(error.code));
  });
  for (const question of questions) call.write(question);
  call.end();
  return { code: await code, answers };
}

const names = ({ list_services_response: list }: ServerReflectionResponseOutput): readonly string[] =>
  list?.service.map(({ name }) => name) ?? [];

describe('reflection on the socket of the Workload API', () => {
  it('lists what is served, without a security header and before there are identities (WE-17, WE-19)', async () => {
    const { answers, code } = await converse(client.ServerReflectionInfo(), [{ list_services: '' }]);
    expect(code).toBe(status.OK);
    expect(answers.map(names)).toEqual([
      [
        'SpiffeWorkloadAPI',
        'grpc.health.v1.Health',
        'grpc.reflection.v1.ServerReflection',
        'signet.workload.v1.Workload',
      ],
    ]);
  });

  it('answers under the name that older clients know', async () => {
    const { path, requestSerialize, responseDeserialize } = reflectionService.ServerReflectionInfo;
    const call = client.makeBidiStreamRequest(
      path.replace('.v1.', '.v1alpha.'),
      requestSerialize,
      responseDeserialize,
      new Metadata(),
    ) as Call;
    const { answers } = await converse(call, [{ file_containing_symbol: 'SpiffeWorkloadAPI' }]);
    expect(answers[0]?.file_descriptor_response?.file_descriptor_proto).toHaveLength(2);
  });

  it('answers every question of a stream in order, those that fail, too', async () => {
    const symbols = ['SpiffeWorkloadAPI', 'Nobody', 'JWTSVID', 'Nobody'];
    const { answers, code } = await converse(
      client.ServerReflectionInfo(),
      symbols.map((symbol) => ({ file_containing_symbol: symbol })),
    );
    expect(code).toBe(status.OK);
    expect(answers.map((answer) => answer.message_response)).toEqual([
      'file_descriptor_response',
      'error_response',
      'file_descriptor_response',
      'error_response',
    ]);
  });

  it('ends a stream that asks without end', async () => {
    const questions = Array.from({ length: 1_001 }, () => ({ file_containing_symbol: 'SpiffeWorkloadAPI' }));
    const { answers, code } = await converse(client.ServerReflectionInfo(), questions);
    expect(code).toBe(status.UNAVAILABLE);
    expect(answers).toHaveLength(1_000);
  });

  it('outlives a caller that goes away', async () => {
    const call = client.ServerReflectionInfo();
    call.on('error', () => undefined);
    call.write({ list_services: '' });
    await new Promise((resolve) => call.once('data', resolve));
    call.cancel();
    const { answers } = await converse(client.ServerReflectionInfo(), [{ list_services: '' }]);
    expect(answers).toHaveLength(1);
  });
});
