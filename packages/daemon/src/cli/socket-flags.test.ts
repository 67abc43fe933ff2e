import { describe, expect, it } from '@jest/globals';
import {
  agentSocketPath,
  defaultAgentSocketPath,
  defaultServerSocketPath,
  serverSocketPath,
} from './socket-flags.ts';

describe('the server socket is', () => {
  const plain = { SPIRE_SERVER_PRIVATE_SOCKET: '/plain' };
  const template = { SPIRE_SERVER_PRIVATE_SOCKET_TEMPLATE: '/t/%i/%i.sock' };
  it.each([
    ['the flag before all', { socketPath: '/x', instance: 'i' }, { ...plain, ...template }, '/x'],
    [
      'the template with an instance',
      { socketPath: defaultServerSocketPath, instance: 'i' },
      { ...plain, ...template },
      '/t/i/i.sock',
    ],
    [
      'the variable without instance',
      { socketPath: defaultServerSocketPath, instance: '' },
      { ...plain, ...template },
      '/plain',
    ],
    ['the default', { socketPath: defaultServerSocketPath, instance: '' }, template, defaultServerSocketPath],
  ])('%s', (_name, flags, env, path) => {
    expect(serverSocketPath({ flags, env })).toBe(path);
  });

  it('nobody else when an instance is named without a template', () => {
    const flags = { socketPath: defaultServerSocketPath, instance: 'i' };
    expect(() => serverSocketPath({ flags, env: plain })).toThrow(
      'you must define SPIRE_SERVER_PRIVATE_SOCKET_TEMPLATE to use the instance flag',
    );
  });
});

it('the agent socket has variables of its own', () => {
  const flags = { socketPath: defaultAgentSocketPath, instance: 'b' };
  const env = { SPIRE_AGENT_PUBLIC_SOCKET_TEMPLATE: '/run/%i', SPIRE_SERVER_PRIVATE_SOCKET: '/no' };
  expect(agentSocketPath({ flags, env })).toBe('/run/b');
});
