import { describe, expect, it } from '@jest/globals';
import { lookup } from 'node:dns';
import { Socket } from 'node:net';
import { type HttpTarget, mtlsTarget } from './target.ts';

describe('mtlsTarget', () => {
  const httpSocket = new Socket();

  it.each<[string, HttpTarget, ReturnType<typeof mtlsTarget>]>([
    ['a name', { host: 'orders', port: 8443 }, { host: 'orders', port: 8443, servername: 'orders' }],
    [
      'the port as text',
      { hostname: 'orders', port: '8443' },
      { host: 'orders', port: 8443, servername: 'orders' },
    ],
    ['no port', { host: 'orders', port: '' }, { host: 'orders', port: 443, servername: 'orders' }],
    ['nothing', {}, { host: 'localhost', port: 443, servername: 'localhost' }],
    [
      'an IPv4 address, which is no server name',
      { host: '127.0.0.1', port: 1 },
      { host: '127.0.0.1', port: 1 },
    ],
    ['an IPv6 address in brackets', { hostname: '[::1]', port: 1 }, { host: '::1', port: 1 }],
    [
      'the host name rather than host and port',
      { host: 'orders:1', hostname: 'orders' },
      { host: 'orders', port: 443, servername: 'orders' },
    ],
    [
      'a Unix socket',
      { socketPath: '/run/orders.sock', host: 'orders' },
      { path: '/run/orders.sock', servername: 'orders' },
    ],
    [
      'a connection through a proxy',
      { httpSocket, hostname: 'orders' },
      { socket: httpSocket, servername: 'orders' },
    ],
    ['a resolver', { host: '127.0.0.1', port: 1, lookup }, { host: '127.0.0.1', port: 1, lookup }],
  ])('takes %s', (_, target, expected) => {
    expect(mtlsTarget(target)).toEqual(expected);
  });

  it('takes a URL', () => {
    expect(mtlsTarget(new URL('https://orders:8443/path'))).toEqual({
      host: 'orders',
      port: 8443,
      servername: 'orders',
    });
  });
});
