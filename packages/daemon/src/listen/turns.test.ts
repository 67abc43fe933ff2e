import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { monotonicMs } from '../process/clock.ts';
import { defaultTlsLimits } from './connection-limits.ts';
import { Connection } from './connection.ts';
import { Turns } from './turns.ts';

let connections = 0;

function connectionOf(share: string): Connection {
  connections += 1;
  const parts = { id: `test/${connections}`, socket: new Socket(), limits: defaultTlsLimits };
  return new Connection({ ...parts, logger: silentLogger, share });
}

function busyFor(ms: number): void {
  const until = monotonicMs() + ms;
  while (monotonicMs() < until);
}

/** Begins calls that note whose they are. */
function beginCalls(turns: Turns, connection: Connection, count: number, begun: string[], eachMs = 0): void {
  for (let call = 0; call < count; call += 1) {
    turns.begin(connection, () => {
      begun.push(connection.share);
      busyFor(eachMs);
    });
  }
}

it('a call begins at once when there is nothing before it', () => {
  const begun: string[] = [];
  beginCalls(new Turns(() => []), connectionOf('a'), 1, begun);
  expect(begun).toEqual(['a']);
});

it('of one connection 100 calls begin in a turn; while more of them wait it is not read', async () => {
  const begun: string[] = [];
  const connection = connectionOf('a');
  beginCalls(new Turns(() => [connection]), connection, 150, begun);
  expect([begun.length, connection.isHeld]).toEqual([100, true]);
  while (connection.isHeld) await nextTurn();
  expect(begun).toHaveLength(150);
});

it('a peer has one turn among all, however many its calls', async () => {
  const begun: string[] = [];
  const [greedy, modest] = [connectionOf('greedy'), connectionOf('modest')];
  const turns = new Turns(() => [greedy, modest]);
  beginCalls(turns, greedy, 200, begun, 1);
  beginCalls(turns, modest, 3, begun, 1);
  const before = begun.length;
  while (modest.isHeld) await nextTurn();
  expect(begun.slice(before).lastIndexOf('modest')).toBeLessThan(8);
});

it('what waits is begun in portions, and timers fire in between', async () => {
  const begun: string[] = [];
  const connection = connectionOf('a');
  beginCalls(new Turns(() => [connection]), connection, 300, begun, 1);
  const before = begun.length;
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(begun.length).toBeGreaterThanOrEqual(before);
  expect(begun.length).toBeLessThan(200);
  while (connection.isHeld) await nextTurn();
  expect(begun).toHaveLength(300);
});

it('in a turn that has lasted too long nobody is read any more, and in the next everybody again', async () => {
  const [loud, quiet] = [connectionOf('loud'), connectionOf('quiet')];
  const turns = new Turns(() => [loud, quiet]);
  turns.spend(loud);
  expect([loud.isHeld, quiet.isHeld]).toEqual([false, false]);
  busyFor(70);
  turns.spend(loud);
  expect([loud.isHeld, quiet.isHeld]).toEqual([true, true]);
  await nextTurn();
  await nextTurn();
  expect([loud.isHeld, quiet.isHeld]).toEqual([false, false]);
});
