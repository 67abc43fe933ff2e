import type { Server, ServerDuplexStream, ServiceDefinition } from '@grpc/grpc-js';
import {
  descriptorFiles,
  reflectionService,
  type ServerReflectionRequestOutput,
  type ServerReflectionResponseInput,
} from '@signet/api';
import { SignetError } from '@signet/core';
import { callEnd } from '../status.ts';
import { type Reflected, reflectionAnswer } from './reflection-answer.ts';

type Call = ServerDuplexStream<ServerReflectionRequestOutput, ServerReflectionResponseInput>;

/** More than any tool asks before it knows all there is. */
const MAX_QUESTIONS = 1_000;

/** Clients from before 2023 know no other name for the same messages. */
const v1alpha = {
  ServerReflectionInfo: {
    ...reflectionService.ServerReflectionInfo,
    path: '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo',
  },
} as ServiceDefinition;

/**
 * Serves gRPC reflection beside the services of an endpoint. It needs no security header and no attestation: it tells what
 * every copy of the program tells, and generic tools cannot be made to send the header.
 *
 * @spec Workload Endpoint §5; conformance WE-19, GAP-12
 */
export function addReflection(server: Server, services: readonly ServiceDefinition[]): void {
  const names = [...services, reflectionService].map(nameOf).sort();
  const reflected: Reflected = { services: names, files: descriptorFiles };
  const handlers = { ServerReflectionInfo: (call: Call): void => converse(call, reflected) };
  server.addService(reflectionService, handlers);
  server.addService(v1alpha, handlers);
}

/** Reads on only while the caller reads, too. */
function converse(call: Call, reflected: Reflected): void {
  const sent = new Set<string>();
  let questions = 0;
  call.on('data', (request: ServerReflectionRequestOutput) => {
    questions += 1;
    if (questions > MAX_QUESTIONS) {
      call.pause();
      call.emit('error', callEnd(tooMany()));
    } else if (!call.write(reflectionAnswer(request, reflected, sent))) {
      call.pause().once('drain', () => call.resume());
    }
  });
  call.on('end', () => call.end());
}

function tooMany(): SignetError {
  return new SignetError('ERR_RESOURCE_EXHAUSTED', `at most ${MAX_QUESTIONS} questions on one stream`);
}

function nameOf(service: ServiceDefinition): string {
  return Object.values(service)[0]?.path.split('/')[1] ?? '';
}
