import { type ServerDuplexStream } from '@grpc/grpc-js';

/** Both directions of a streaming call, one message at a time. */
export interface MessageStream<Request, Response> {
  /** The next message; undefined when the client has half-closed. Rejects with the signal's reason when the call ends. */
  read(): Promise<Request | undefined>;
  /** Resolves when the message has gone to the transport, so that a slow reader holds the writer back. */
  write(message: Response): Promise<void>;
}

/** Wraps grpc-js's stream; nothing here ends it. */
export function messageStream<Request, Response>(
  stream: ServerDuplexStream<Request, Response>,
  signal: AbortSignal,
): MessageStream<Request, Response> {
  const messages = stream.iterator({ destroyOnReturn: false });
  return {
    read: async () => {
      try {
        const next = (await messages.next()) as IteratorResult<Request>;
        return next.done === true ? undefined : next.value;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
    },
    write: (message) => writeMessage(stream, message, signal),
  };
}

// grpc-js drops the callback of a write on a cancelled call, so the signal has to end the wait.
async function writeMessage<Response>(
  stream: ServerDuplexStream<unknown, Response>,
  message: Response,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    stream.write(message, (error: Error | null | undefined) => {
      signal.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    });
  });
}
