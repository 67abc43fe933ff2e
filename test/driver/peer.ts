// A service that greets whoever it accepts by the task that the caller acts in.
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { mtlsServer, peerTaskId, X509Source } from '@signet/client';
import type { PeerReport } from './messages.ts';

const [, , id = '', port = '0'] = process.argv;
const source = await X509Source.open({ pick: (svids) => svids.find((svid) => svid.id.uri === id) });
const server = mtlsServer(source, { authorize: { memberOf: 'example.org' } }, createServer);
server.on('secureConnection', (socket) => {
  socket.on('error', () => undefined).write(`${peerTaskId(socket) ?? 'no task'}\n`);
  socket.resume();
});
server.listen(Number(port), '127.0.0.1', () => {
  const report: PeerReport = { event: 'listening', port: (server.address() as AddressInfo).port };
  process.send?.(report);
});
process.on('disconnect', () => process.exit());
