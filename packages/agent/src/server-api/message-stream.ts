import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import { AgentError } from '@signet/core';
import { after } from '@signet/daemon';
import { ServerCallError } from './server-call-error.ts';

const LEAVING_MS = 1_000;

/** A two-way call, read one message at a time. */
export interface MessageStream<Request, Response> {
  send(message: Request): void;
  /** The next message. @throws {ServerCallError} when the server ends the call with an error; {AgentError} when it just ends it. */
  receive(): Promise<Response>;
  /** The same, but undefined when the server ends the call well. */
  next(): Promise<Response | undefined>;
  /** Says that nothing more will be sent or read, and leaves it to the server to end the call; a little later it is given up. */
  leave(): void;
  /** Says that nothing more will be sent, and gives the call up. */
  close(): void;
}

/** Reads a two-way call message by message. */
export function messageStream<Request, Response>(
  name: string,
  call: ClientDuplexStream<Request, Response>,
): MessageStream<Request, Response> {
  const messages = (call as AsyncIterable<Response>)[Symbol.asyncIterator]();
  // Errors reach the reader through the iterator; without a listener a late one would end the process.
  call.on('error', () => undefined);
  return {
    send: (message) => void call.write(message),
    receive: async () => (await next(name, messages)) ?? endedEarly(name),
    next: () => next(name, messages),
    leave: () => {
      call.end();
      const patience = after(LEAVING_MS, () => call.cancel());
      // The end is known only to who reads up to it.
      void readToEnd(messages).finally(() => patience.cancel());
    },
    close: () => {
      call.end();
      call.cancel();
    },
  };
}

async function readToEnd(messages: AsyncIterator<unknown>): Promise<void> {
  const result = await messages.next().catch(() => ({ done: true }));
  if (result.done !== true) await readToEnd(messages);
}

async function next<Response>(
  name: string,
  messages: AsyncIterator<Response>,
): Promise<Response | undefined> {
  const result = await messages.next().catch((error: unknown) => {
    throw isServiceError(error) ? new ServerCallError(name, error) : error;
  });
  return result.done === true ? undefined : result.value;
}

function endedEarly(name: string): never {
  throw new AgentError('ERR_UNAVAILABLE', `${name}: the server ended the call early`);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error;
}
