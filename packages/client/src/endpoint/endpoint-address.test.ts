import { describe, expect, it } from '@jest/globals';
import { errorCode } from '../testdata/error-code.ts';
import { grpcTarget, resolveEndpoint } from './endpoint-address.ts';

describe('grpcTarget', () => {
  it.each([
    ['unix:///tmp/agent.sock', 'unix:/tmp/agent.sock'],
    ['unix:/tmp/agent.sock', 'unix:/tmp/agent.sock'],
    ['UNIX:///tmp/agent.sock', 'unix:/tmp/agent.sock'],
    ['unix:///tmp/with%20space', 'unix:/tmp/with space'],
    ['unix:///tmp/a:b@c', 'unix:/tmp/a:b@c'],
    ['tcp://127.0.0.1:8081', 'ipv4:127.0.0.1:8081'],
    ['tcp://[::1]:8081', 'ipv6:[::1]:8081'],
    ['tcp://[::ffff:127.0.0.1]:65535', 'ipv6:[::ffff:127.0.0.1]:65535'],
    ['tcp://1.2.3.4:1', 'ipv4:1.2.3.4:1'],
  ])('WE-9: %s becomes %s', (address, target) => {
    expect(grpcTarget(address)).toBe(target);
  });

  it.each([
    ['unix with a host', 'unix://host/p'],
    ['unix with a relative path', 'unix:rel'],
    ['unix with a relative path after slashes', 'unix://rel'],
    ['unix without a path', 'unix:'],
    ['unix with an empty path', 'unix://'],
    ['unix with a query', 'unix:///p?x'],
    ['unix with a fragment', 'unix:///p#x'],
    ['unix with a zero byte', 'unix:///p\0'],
    ['unix with an encoded zero byte', 'unix:///p%00'],
    ['unix with a broken escape', 'unix:///p%zz'],
    ['tcp with a name', 'tcp://localhost:1'],
    ['tcp without a port', 'tcp://1.2.3.4'],
    ['tcp with an empty port', 'tcp://1.2.3.4:'],
    ['tcp with a path', 'tcp://1.2.3.4:1/x'],
    ['tcp with a trailing slash', 'tcp://1.2.3.4:1/'],
    ['tcp with a query', 'tcp://1.2.3.4:1?x'],
    ['tcp with a fragment', 'tcp://1.2.3.4:1#x'],
    ['tcp with user information', 'tcp://u@1.2.3.4:1'],
    ['tcp with port 0', 'tcp://1.2.3.4:0'],
    ['tcp with a port too high', 'tcp://1.2.3.4:65536'],
    ['tcp with an octet too high', 'tcp://1.2.3.256:1'],
    ['tcp with an octal octet', 'tcp://01.2.3.4:1'],
    ['tcp with three octets', 'tcp://1.2.3:1'],
    ['tcp with IPv6 without brackets', 'tcp://::1:8081'],
    ['tcp with a bad IPv6 address', 'tcp://[::1::]:8081'],
    ['tcp with an IPv6 zone', 'tcp://[fe80::1%25eth0]:8081'],
    ['tcp with an IPv4 address in brackets', 'tcp://[1.2.3.4]:1'],
    ['tcp without slashes', 'tcp:1.2.3.4:1'],
    ['tcp with a line break', 'tcp://1.2.3.4:1\n'],
    ['another scheme', 'http://1.2.3.4:1'],
    ['no scheme', '/tmp/agent.sock'],
    ['a space before', ' unix:///tmp/agent.sock'],
    ['nothing', ''],
  ])('WE-9: refuses %s', (_, address) => {
    expect(errorCode(() => grpcTarget(address))).toBe('ERR_INVALID_ARGUMENT');
  });

  it('says what is wrong', () => {
    expect(() => grpcTarget('tcp://localhost:1')).toThrow(
      'Workload API address "tcp://localhost:1" is not usable: not an IP address',
    );
  });
});

describe('resolveEndpoint', () => {
  const environment = { SPIFFE_ENDPOINT_SOCKET: 'unix:///from/environment' };

  it('WE-8: takes the address from SPIFFE_ENDPOINT_SOCKET when none is given', () => {
    expect(resolveEndpoint(undefined, environment)).toBe('unix:///from/environment');
  });

  it('prefers the address that is given', () => {
    expect(resolveEndpoint('unix:///given', environment)).toBe('unix:///given');
  });

  it.each([[{}], [{ SPIFFE_ENDPOINT_SOCKET: '' }]])('refuses to guess with %j', (empty) => {
    expect(errorCode(() => resolveEndpoint(undefined, empty))).toBe('ERR_INVALID_ARGUMENT');
  });
});
