import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LatestValue } from './latest-value.ts';
import { SendRoom } from './send-room.ts';

function slowPeer(): { sent: Buffer[]; finish(): void; values: LatestValue } {
  const sent: Buffer[] = [];
  const pending: (() => void)[] = [];
  const values = new LatestValue((message, done) => {
    sent.push(message);
    pending.push(() => done());
  });
  return { sent, values, finish: () => pending.shift()?.() };
}

const [a, b, c] = ['a', 'b', 'c'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

describe('LatestValue', () => {
  it('sends at once when nothing is on its way', () => {
    const peer = slowPeer();
    peer.values.offer(a);
    expect(peer.sent).toEqual([a]);
  });

  it('skips values that were outdated while the peer was slow (N09)', () => {
    const peer = slowPeer();
    for (const value of [a, b, c]) peer.values.offer(value);
    expect(peer.sent).toEqual([a]);
    peer.finish();
    expect(peer.sent).toEqual([a, c]);
  });

  it('does not repeat itself (OBS-19)', () => {
    const peer = slowPeer();
    peer.values.offer(a);
    peer.finish();
    peer.values.offer(a);
    expect(peer.sent).toEqual([a]);
  });

  it('sends nothing after it was closed', () => {
    const peer = slowPeer();
    peer.values.offer(a);
    peer.values.offer(b);
    peer.values.close();
    peer.finish();
    peer.values.offer(c);
    expect(peer.sent).toEqual([a]);
  });

  it('sends the newest value when there is room at last, and gives the room back', () => {
    const sent: Buffer[] = [];
    const room = new SendRoom(1);
    const other = room.take('1', 1, () => undefined);
    const values = new LatestValue(
      (message, done) => {
        sent.push(message);
        done();
      },
      (bytes, send) => room.take('1', bytes, send),
    );
    values.offer(a);
    values.offer(b);
    expect(sent).toEqual([]);
    other();
    expect(sent).toEqual([b]);
    expect(room.held('1')).toBe(0);
    values.offer(c);
    expect(sent).toEqual([b, c]);
  });

  it.each([false, true])('leaves no room taken when it is closed (waiting: %s)', (isWaiting) => {
    const room = new SendRoom(1);
    const other = room.take('1', isWaiting ? 1 : 0, () => undefined);
    const values = new LatestValue(
      () => undefined,
      (bytes, send) => room.take('1', bytes, send),
    );
    values.offer(a);
    values.close();
    other();
    expect(room.held('1')).toBe(0);
  });

  it('always ends with the newest value, never two on their way', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 50 }), (steps) => {
        const peer = slowPeer();
        let newest: Buffer | undefined;
        steps.forEach((offers, i) => {
          if (offers) peer.values.offer((newest = Buffer.from(String(i))));
          else peer.finish();
        });
        for (let i = 0; i < 3; i++) peer.finish();
        expect(peer.sent.at(-1)).toBe(newest);
      }),
    );
  });
});
