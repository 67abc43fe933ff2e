import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { descriptorFiles, type ServerReflectionRequestOutput } from '@signet/api';
import { reflectionAnswer } from './reflection-answer.ts';

const WORKLOAD = 'spiffe/workload/workload.proto';
const STRUCT = 'google/protobuf/struct.proto';
const reflected = { services: ['SpiffeWorkloadAPI', 'grpc.health.v1.Health'], files: descriptorFiles };

type Question = Omit<ServerReflectionRequestOutput, 'host' | 'message_request'>;

function ask(question: Question, sent = new Set<string>()): ReturnType<typeof reflectionAnswer> {
  const [name] = Object.keys(question);
  const request = { host: 'h', ...question, ...(name === undefined ? {} : { message_request: name }) };
  return reflectionAnswer(request as ServerReflectionRequestOutput, reflected, sent);
}

describe('reflectionAnswer', () => {
  it('echoes the question', () => {
    expect(ask({ list_services: '*' })).toMatchObject({
      valid_host: 'h',
      original_request: { host: 'h', list_services: '*' },
    });
  });

  it('lists the services', () => {
    expect(ask({ list_services: '' }).list_services_response).toEqual({
      service: [{ name: 'SpiffeWorkloadAPI' }, { name: 'grpc.health.v1.Health' }],
    });
  });

  it.each<[string, Question, readonly string[]]>([
    ['a service', { file_containing_symbol: 'SpiffeWorkloadAPI' }, [WORKLOAD, STRUCT]],
    ['a method', { file_containing_symbol: 'SpiffeWorkloadAPI.FetchX509SVID' }, [WORKLOAD, STRUCT]],
    ['a message', { file_containing_symbol: 'X509SVIDResponse' }, [WORKLOAD, STRUCT]],
    [
      'an enum in a message',
      { file_containing_symbol: 'grpc.health.v1.HealthCheckResponse.ServingStatus' },
      ['grpc/health/v1/health.proto'],
    ],
    ['a file', { file_by_filename: WORKLOAD }, [WORKLOAD, STRUCT]],
    ['a file that only others import', { file_by_filename: STRUCT }, [STRUCT]],
  ])('answers for %s with the file and what it imports', (_, question, names) => {
    const sent = new Set<string>();
    const files = ask(question, sent).file_descriptor_response?.file_descriptor_proto ?? [];
    expect(files.map(nameIn)).toEqual(names);
    expect([...sent]).toEqual(names);
  });

  it('sends an import once on a stream, and what was asked for each time', () => {
    const sent = new Set([WORKLOAD, STRUCT]);
    const files = ask({ file_by_filename: WORKLOAD }, sent).file_descriptor_response?.file_descriptor_proto;
    expect(files?.map(nameIn)).toEqual([WORKLOAD]);
  });

  it('knows that no message has extensions', () => {
    expect(ask({ all_extension_numbers_of_type: 'X509SVID' }).all_extension_numbers_response).toEqual({
      base_type_name: 'X509SVID',
      extension_number: [],
    });
  });

  it.each<[string, Question, status]>([
    ['an unknown symbol', { file_containing_symbol: 'spire.api.server.agent.v1.Agent' }, status.NOT_FOUND],
    ['a name that every object has', { file_containing_symbol: 'constructor' }, status.NOT_FOUND],
    ['a part of a name', { file_containing_symbol: 'grpc.health' }, status.NOT_FOUND],
    ['an unknown file', { file_by_filename: '../../../etc/passwd' }, status.NOT_FOUND],
    ['extensions of an unknown type', { all_extension_numbers_of_type: 'X' }, status.NOT_FOUND],
    [
      'an extension',
      { file_containing_extension: { containing_type: 'X509SVID', extension_number: 1 } },
      status.NOT_FOUND,
    ],
    ['nothing', {}, status.INVALID_ARGUMENT],
  ])('refuses %s', (_, question, code) => {
    expect(ask(question).error_response?.error_code).toBe(code);
  });
});

/** The first field of a FileDescriptorProto is its name. */
function nameIn(encoded: Uint8Array | string): string {
  const bytes = Buffer.from(encoded as Uint8Array);
  expect(bytes[0]).toBe(0x0a);
  return bytes.toString('utf8', 2, 2 + (bytes[1] as number));
}
