import { describe, expect, it } from '@jest/globals';
import {
  agentIdFromPath,
  isAgentId,
  isReservedPath,
  isServerId,
  requireAgentId,
  requireMemberId,
  requireWorkloadId,
  serverId,
} from './kinds.ts';
import { parseSpiffeId, parseTrustDomain } from './spiffe-id.ts';

const td = parseTrustDomain('example.org');

describe('kinds of SPIFFE ID', () => {
  it.each([
    ['', false],
    ['/spire', true],
    ['/spire/', true],
    ['/spire/server', true],
    ['/spire/agent/x', true],
    ['/spirex', false],
    ['/Spire/server', false],
    ['/a/spire/b', false],
  ])('reserves %j: %s', (path, isReserved) => {
    expect(isReservedPath(path)).toBe(isReserved);
  });

  it('makes the server and agent IDs', () => {
    expect(serverId(td).uri).toBe('spiffe://example.org/spire/server');
    expect(isServerId(serverId(td))).toBe(true);
    const agent = agentIdFromPath(td, '/x509pop/0a1b');
    expect(agent.uri).toBe('spiffe://example.org/spire/agent/x509pop/0a1b');
    expect([isAgentId(agent), isServerId(agent), isAgentId(serverId(td))]).toEqual([true, false, false]);
  });

  it.each(['', 'x509pop/1', '../server', '/../server'])('makes no agent ID of the path %j', (path) => {
    expect(() => agentIdFromPath(td, path)).toThrow();
  });

  it.each([
    [requireMemberId, 'spiffe://example.org/spire/server'],
    [requireMemberId, 'spiffe://example.org/x'],
    [requireWorkloadId, 'spiffe://example.org/x'],
    [requireWorkloadId, 'spiffe://example.org/spirex'],
    [requireAgentId, 'spiffe://example.org/spire/agent/x'],
  ])('%p lets %s pass', (require, uri) => {
    expect(() => {
      require(parseSpiffeId(uri), td);
    }).not.toThrow();
  });

  it.each([
    [
      requireMemberId,
      'spiffe://foo.org/x',
      'ERR_SPIFFE_ID_NOT_MEMBER',
      '"spiffe://foo.org/x" is not a member of trust domain "example.org"',
    ],
    [
      requireMemberId,
      'spiffe://example.org',
      'ERR_SPIFFE_ID_PATH_MISSING',
      '"spiffe://example.org" is not a member of trust domain "example.org"; path is empty',
    ],
    [
      requireWorkloadId,
      'spiffe://foo.org/x',
      'ERR_SPIFFE_ID_NOT_MEMBER',
      '"spiffe://foo.org/x" is not a member of trust domain "example.org"',
    ],
    [
      requireWorkloadId,
      'spiffe://example.org',
      'ERR_SPIFFE_ID_PATH_MISSING',
      '"spiffe://example.org" is not a workload in trust domain "example.org"; path is empty',
    ],
    [
      requireWorkloadId,
      'spiffe://example.org/spire',
      'ERR_SPIFFE_ID_RESERVED',
      '"spiffe://example.org/spire" is not a workload in trust domain "example.org"; path is in the reserved namespace',
    ],
    [
      requireAgentId,
      'spiffe://example.org/spire/server',
      'ERR_SPIFFE_ID_NOT_AGENT',
      '"spiffe://example.org/spire/server" is not an agent in trust domain "example.org"; path is not in the agent namespace',
    ],
    [
      requireAgentId,
      'spiffe://example.org/spire/agent',
      'ERR_SPIFFE_ID_NOT_AGENT',
      '"spiffe://example.org/spire/agent" is not an agent in trust domain "example.org"; path is not in the agent namespace',
    ],
  ])("%p refuses %s with SPIRE's text", (require, uri, code, message) => {
    expect(() => {
      require(parseSpiffeId(uri), td);
    }).toThrow(expect.objectContaining({ code, message }));
  });
});
