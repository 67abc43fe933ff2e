import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { HandshakeQueue } from './handshake-queue.ts';

let ports = 0;

function socketOf(address: string): Socket {
  ports += 1;
  const socket = new Socket();
  Object.defineProperties(socket, { remoteAddress: { value: address }, remotePort: { value: ports } });
  return socket;
}

class Fixture {
  readonly begun: string[] = [];
  readonly queue: HandshakeQueue;

  constructor(maxHandshakes: number, maxHandshakesPerPeer: number, handshakeMs = 60_000) {
    this.queue = new HandshakeQueue({ maxHandshakes, maxHandshakesPerPeer, handshakeMs });
  }

  add(peer: string, count: number): readonly Socket[] {
    return Array.from({ length: count }, () => {
      const socket = socketOf(peer);
      this.queue.add(peer, socket, () => this.begun.push(peer));
      return socket;
    });
  }
}

it('lets some handshakes of a peer begin; the next when one is over, or its socket is closed', async () => {
  const fixture = new Fixture(10, 2);
  const [first, second] = fixture.add('a', 5);
  expect(fixture.begun).toHaveLength(2);
  fixture.queue.done(first!);
  fixture.queue.done(first!);
  expect(fixture.begun).toHaveLength(3);
  second!.destroy();
  await delay(1);
  expect(fixture.begun).toHaveLength(4);
});

it('gives each peer its turn', () => {
  const fixture = new Fixture(3, 3);
  const [first, second] = fixture.add('greedy', 10);
  fixture.add('modest', 1);
  expect(fixture.begun).toEqual(['greedy', 'greedy', 'greedy']);
  fixture.queue.done(first!);
  fixture.queue.done(second!);
  expect(fixture.begun.slice(3)).toContain('modest');
});

it('forgets who left while he waited', async () => {
  const fixture = new Fixture(1, 1);
  const [first, second, third] = fixture.add('a', 3);
  second!.destroy();
  await delay(1);
  fixture.queue.done(first!);
  expect(fixture.begun).toHaveLength(2);
  fixture.queue.done(third!);
  fixture.add('a', 1);
  expect(fixture.begun).toHaveLength(3);
});

it('destroys who waited too long', async () => {
  const fixture = new Fixture(1, 1, 10);
  const [first, second] = fixture.add('a', 2);
  await new Promise((resolve) => second!.once('close', resolve));
  expect([fixture.begun.length, first!.destroyed]).toEqual([1, false]);
});
