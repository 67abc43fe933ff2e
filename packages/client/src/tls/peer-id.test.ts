import { describe, expect, it } from '@jest/globals';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { parseSpiffeId } from '@signet/core';
import { peerId, peerTaskId, rememberPeer, rememberPeerOfCalls } from './peer-id.ts';

const orders = parseSpiffeId('spiffe://example.org/orders');

function rememberedSocket(taskId?: string): TLSSocket {
  const socket = new TLSSocket(new Duplex());
  rememberPeer(socket, { id: orders, taskId });
  return socket;
}

describe('peerId', () => {
  it('is that of a socket, or of what came over it', () => {
    const socket = rememberedSocket();
    for (const connection of [socket, { socket }, { session: { socket } }]) {
      expect(peerId(connection)).toBe(orders);
    }
  });

  it('is that of a gRPC call over a socket that was told to pass it on', () => {
    const socket = rememberedSocket();
    const call = { getAuthContext: () => ({ sslPeerCertificate: socket.getPeerCertificate() }) };
    expect(peerId(call)).toBeUndefined();
    rememberPeerOfCalls(socket);
    expect(peerId(call)).toBe(orders);
    expect(peerId(socket.getPeerCertificate(true))).toBeUndefined();
  });

  it.each<[string, object]>([
    ['another socket', new TLSSocket(new Duplex())],
    ['a request without a socket', { socket: null }],
    ['a stream without a session', { session: undefined }],
    ['a call without a certificate', { getAuthContext: () => ({}) }],
    ['a call that has ended', { getAuthContext: () => null }],
    ['what claims an ID of its own', { peer: orders, id: orders, uri: orders.uri }],
    ['a session whose socket has gone', { socket: vanished() }],
  ])('is unknown of %s', (_, connection) => {
    expect(peerId(connection)).toBeUndefined();
  });

  it('cannot be changed afterwards', () => {
    const socket = rememberedSocket();
    expect(() => {
      rememberPeer(socket, { id: parseSpiffeId('spiffe://example.org/other') });
    }).toThrow(TypeError);
    expect(peerId(socket)).toBe(orders);
  });
});

describe('peerTaskId', () => {
  it('is that of the SVID that the peer showed', () => {
    const socket = rememberedSocket('AAAAAAAAAAAAAAAAAAAAAA');
    expect(peerTaskId({ session: { socket } })).toBe('AAAAAAAAAAAAAAAAAAAAAA');
    expect(peerTaskId(rememberedSocket())).toBeUndefined();
    expect(peerTaskId(new TLSSocket(new Duplex()))).toBeUndefined();
  });
});

function vanished(): object {
  return new Proxy(
    {},
    {
      get() {
        throw new Error('the socket has been disconnected');
      },
    },
  );
}
