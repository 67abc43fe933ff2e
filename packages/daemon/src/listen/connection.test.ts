import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { defaultTlsLimits } from './connection-limits.ts';
import { Connection } from './connection.ts';

it('a connection is cut in a turn of its own, never below the HTTP/2 frames that are being read (T41)', async () => {
  const socket = new Socket();
  const connection = new Connection({ id: 'tls/1', socket, limits: defaultTlsLimits, logger: silentLogger });
  const ended = new Promise<void>((resolve) => connection.onClose(resolve));
  connection.close('too many cancelled calls');
  expect(socket.destroyed).toBe(false);
  await nextTurn();
  expect(socket.destroyed).toBe(true);
  await ended;
  expect(connection.closed).toBe(true);
});

it('a connection is cut once', async () => {
  const reasons: unknown[] = [];
  const logger = { ...silentLogger, debug: (_message: string, fields?: object) => void reasons.push(fields) };
  const connection = new Connection({ id: 'tls/1', socket: new Socket(), limits: defaultTlsLimits, logger });
  connection.close('first');
  connection.close('second');
  await nextTurn();
  connection.close('third');
  expect(reasons).toEqual([{ peer: 'tls/1', reason: 'first' }]);
});
