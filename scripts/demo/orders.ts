// The demo's server: an HTTP/2 service over mutual TLS that knows its callers by their SPIFFE IDs.
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { mtlsServer, peerId, peerTaskId, SignetError, X509Source } from '@signet/client';
import { tell } from './tell.ts';

const [, , ...clientIds] = process.argv;
await using source = await X509Source.open();
tell({ event: 'identity', id: source.svid.id.uri, serial: serial() });
source.onUpdate(() => tell({ event: 'identity', id: source.svid.id.uri, serial: serial() }));

const server = mtlsServer(source, { authorize: clientIds }, (options) => createSecureServer(options));
server.on('stream', (stream) => {
  stream.respond({ ':status': 200 });
  stream.end(JSON.stringify({ caller: peerId(stream)?.uri, task: peerTaskId(stream), serial: serial() }));
});
server.on('secureConnection', (socket: TLSSocket) => {
  const task = peerTaskId(socket);
  socket.on('error', (error) => {
    if (task === undefined || !(error instanceof SignetError)) return;
    tell({ event: 'hung-up', task, code: error.code, reason: error.message });
  });
});
server.listen(0, '127.0.0.1', () =>
  tell({ event: 'listening', port: (server.address() as AddressInfo).port }),
);
await new Promise((resolve) => process.once('SIGTERM', resolve));
server.close();

function serial(): string {
  return source.svid.certificates[0].serialHex;
}
