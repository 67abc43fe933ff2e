import { describe, expect, it, jest } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { LiveState, type OpenStream } from './live-state.ts';

/** A stream that a test feeds; a stream that is opened again after a failure hangs until it is fed. */
class Feed {
  readonly #items: { readonly value: string | Error; readonly taken: () => void }[] = [];
  #onItem: () => void = () => undefined;
  onInvalid: ((error: WorkloadApiError) => void) | undefined;
  endings = 0;

  readonly open: OpenStream<string> = ({ signal, onInvalid }) => {
    this.onInvalid = onInvalid;
    return this.#stream(signal);
  };

  /** Ends when the state has taken it in. */
  give(value: string | Error): Promise<void> {
    return new Promise((taken) => {
      this.#items.push({ value, taken });
      this.#onItem();
    });
  }

  async *#stream(signal: AbortSignal): AsyncGenerator<string> {
    try {
      for (;;) {
        await new Promise<void>((resolve) => {
          this.#onItem = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
          if (this.#items.length > 0) resolve();
        });
        if (signal.aborted) return;
        const item = this.#items.shift();
        setImmediate(() => item?.taken());
        if (item?.value instanceof Error) throw item.value;
        if (item !== undefined) yield item.value;
      }
    } finally {
      this.endings++;
    }
  }
}

async function opened(feed = new Feed()): Promise<{ feed: Feed; state: LiveState<string> }> {
  const [state] = await Promise.all([LiveState.open(feed.open, {}), feed.give('first')]);
  return { feed, state };
}

describe('LiveState', () => {
  it('WAPI-9: holds the newest state', async () => {
    const { feed, state } = await opened();
    const seen: string[] = [];
    state.updates.add(() => seen.push(state.value));
    await feed.give('second');
    await feed.give('third');
    expect({ value: state.value, seen }).toEqual({ value: 'third', seen: ['second', 'third'] });
    state.close();
  });

  it('keeps its state while the agent is away', async () => {
    const { feed, state } = await opened();
    await feed.give(grpcError(status.UNAVAILABLE));
    expect(state.value).toBe('first');
    state.close();
  });

  it('WAPI-12: keeps its state, and goes on, when a message cannot be used', async () => {
    const { feed, state } = await opened();
    const failures = jest.fn();
    state.failures.add(failures);
    const problem = new WorkloadApiError('ERR_X509_SVID_EMPTY', 'unusable');
    feed.onInvalid?.(problem);
    expect(state.value).toBe('first');
    expect(failures).toHaveBeenCalledWith(problem, false);
    await feed.give('second');
    expect(state.value).toBe('second');
    state.close();
  });

  it('WAPI-25: drops its state when the agent withdraws it, and says why', async () => {
    const { feed, state } = await opened();
    await feed.give(grpcError(status.PERMISSION_DENIED));
    expect(errorCode(() => state.value)).toBe('ERR_PERMISSION_DENIED');
    await feed.give('again');
    expect(state.value).toBe('again');
    state.close();
  });

  it('WAPI-25: stays without state while the agent is away after it withdrew it', async () => {
    const { feed, state } = await opened();
    await feed.give(grpcError(status.PERMISSION_DENIED));
    await feed.give(grpcError(status.UNAVAILABLE));
    expect(errorCode(() => state.value)).toBe('ERR_UNAVAILABLE');
    state.close();
  });

  it('ends its stream when it is closed, and has no state any more', async () => {
    const { feed, state } = await opened();
    state.close();
    state.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect({ closed: state.closed.aborted, endings: feed.endings }).toEqual({ closed: true, endings: 1 });
    expect(errorCode(() => state.value)).toBe('ERR_UNAVAILABLE');
  });

  it('a listener that throws costs nobody the stream', async () => {
    const nextTick = jest.spyOn(process, 'nextTick');
    const { feed, state } = await opened();
    nextTick.mockImplementation(() => undefined);
    try {
      state.updates.add(() => {
        throw new Error('the program’s own mistake');
      });
      await feed.give('second');
      await feed.give('third');
    } finally {
      nextTick.mockRestore();
    }
    expect({ value: state.value, endings: feed.endings }).toEqual({ value: 'third', endings: 0 });
    state.close();
  });
});

describe('LiveState.open', () => {
  it('waits through refusals', async () => {
    const feed = new Feed();
    const opening = LiveState.open(feed.open, {});
    await feed.give(grpcError(status.PERMISSION_DENIED));
    await feed.give('state');
    const state = await opening;
    expect(state.value).toBe('state');
    state.close();
  });

  it('WE-13: gives up at what trying again cannot mend', async () => {
    const feed = new Feed();
    const opening = LiveState.open(feed.open, {});
    void feed.give(grpcError(status.INVALID_ARGUMENT));
    expect(await rejectionCode(opening)).toBe('ERR_INVALID_ARGUMENT');
    expect(feed.endings).toBe(1);
  });

  it('gives up when the signal is aborted, with the newest refusal', async () => {
    const feed = new Feed();
    const abort = new AbortController();
    const opening = LiveState.open(feed.open, { signal: abort.signal });
    await feed.give(grpcError(status.PERMISSION_DENIED));
    abort.abort();
    expect(await rejectionCode(opening)).toBe('ERR_PERMISSION_DENIED');
  });

  it('gives up when the signal is aborted while nothing was heard', async () => {
    const feed = new Feed();
    const abort = new AbortController();
    const opening = LiveState.open(feed.open, { signal: abort.signal });
    setImmediate(() => abort.abort());
    expect(await rejectionCode(opening)).toBe('ERR_ABORTED');
    expect(feed.endings).toBe(1);
  });

  it('gives up when time is up', async () => {
    const opening = LiveState.open(new Feed().open, { signal: AbortSignal.timeout(1) });
    expect(await rejectionCode(opening)).toBe('ERR_ABORTED');
  });

  it('does not begin with an aborted signal', async () => {
    const open = jest.fn<OpenStream<string>>();
    expect(await rejectionCode(LiveState.open(open, { signal: AbortSignal.abort() }))).toBe('ERR_ABORTED');
    expect(open).not.toHaveBeenCalled();
  });

  it('a signal that is aborted later changes nothing', async () => {
    const feed = new Feed();
    const abort = new AbortController();
    const [state] = await Promise.all([
      LiveState.open(feed.open, { signal: abort.signal }),
      feed.give('state'),
    ]);
    abort.abort();
    expect(state.value).toBe('state');
    state.close();
  });
});

function grpcError(code: number): Error {
  return Object.assign(new Error(`status ${code}`), { code, details: `status ${code}` });
}
