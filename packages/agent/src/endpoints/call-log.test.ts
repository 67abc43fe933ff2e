import { describe, expect, it } from '@jest/globals';
import { AuthorizationError } from '@signet/core';
import { type LogFields, type Logger, noMetrics, type PeerRegistry, type UnixPeer } from '@signet/daemon';
import { workloadCallRecorder } from './call-log.ts';

interface Line {
  readonly message: string;
  readonly fields: LogFields | undefined;
}

function scene() {
  const lines: Line[] = [];
  const write = (message: string, fields?: LogFields): void => void lines.push({ message, fields });
  const logger = { child: () => logger, warn: write, error: write } as unknown as Logger;
  const peers: PeerRegistry = {
    resolve: (id) => (id === 'gone' ? undefined : ({ kind: 'unix', share: id } as UnixPeer)),
    size: 0,
  };
  const recorder = workloadCallRecorder('FetchX509SVID', { logger, metrics: noMetrics, peers: () => peers });
  return { lines, record: (share: string) => recorder({ getPeer: () => share }) };
}

const refusal = new AuthorizationError('ERR_NO_IDENTITY_ISSUED', 'no identity issued');

describe('workloadCallRecorder', () => {
  it('logs a failed call with what is known of the caller', () => {
    const { lines, record } = scene();
    const one = record('1000');
    one.note({ pid: 7 });
    one.failed(refusal);
    record('1000').failed(new Error('x'));
    record('1000').succeeded();
    expect(lines).toMatchObject([
      { message: 'No identity issued', fields: { pid: 7, registered: false } },
      { message: 'Call failed', fields: { error: { message: 'x' } } },
    ]);
  });

  it('does not let a user that calls in a loop fill the log, or hide what happens to others (T30)', () => {
    const { lines, record } = scene();
    for (let i = 0; i < 1_000; i++) record('1000').failed(refusal);
    expect(lines).toHaveLength(60);
    record('1001').failed(refusal);
    record('gone').failed(refusal);
    expect(lines).toHaveLength(62);
  });
});
