import { type ServerDuplexStream } from '@grpc/grpc-js';

/** Both directions of a streaming call, one message at a time. */
export interface MessageStream<Request, Response> {
  /** The next message; undefined when the client has half-closed. Rejects with the signal's reason when the call ends. */
  read(): Promise<Request | undefined>;
  /** Resolves when the message has gone to the transport, so that a slow reader holds the writer back. */
  write(message: Response): Promise<void>;
}

/** Wraps grpc-js's stream; nothing here ends it. A message is decoded when it is read, and not before. */
export function messageStream<Request, Response>(
  stream: ServerDuplexStream<Buffer, Response>,
  signal: AbortSignal,
  decode: (bytes: Buffer) => Request,
): MessageStream<Request, Response> {
  const messages = stream.iterator({ destroyOnReturn: false });
  return {
    read: async () => {
      const next = await untilAborted(signal, messages.next() as Promise<IteratorResult<Buffer>>);
      return next.done === true ? undefined : decode(next.value);
    },
    write: (message) => untilAborted(signal, written(stream, message)),
  };
}

/** What the work gives; the signal's reason as soon as it fires, and in place of any error after it has. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(resolve, (error: unknown) => reject(signal.aborted ? (signal.reason as Error) : (error as Error)))
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

// grpc-js drops the callback of a write on a cancelled call: only the signal ends that wait.
function written<Response>(stream: ServerDuplexStream<unknown, Response>, message: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(message, (error: Error | null | undefined) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
