import { InterceptingCall, type Interceptor, status } from '@grpc/grpc-js';

/** The calls of a channel that have not ended, so that they can be given up together. */
export class CallsUnderWay {
  readonly #calls = new Set<InterceptingCall>();

  /** For the clients of the channel. */
  readonly interceptor: Interceptor = (options, nextCall) => {
    const call = new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) => {
        next(metadata, {
          onReceiveStatus: (ending, nextStatus) => {
            this.#calls.delete(call);
            nextStatus(ending);
          },
        });
      },
    });
    this.#calls.add(call);
    return call;
  };

  /** Ends all of them as CANCELLED. */
  cancel(): void {
    for (const call of [...this.#calls]) call.cancelWithStatus(status.CANCELLED, 'given up by the agent');
  }
}
