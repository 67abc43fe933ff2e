import { status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { AgentError, ConfigError, parseTrustDomain } from '@signet/core';
import { ServerCallError } from '../server-api/server-call-error.ts';
import { attestationHint, isFinalFailure } from './attestation-hint.ts';

const refused = (code: status): Error =>
  new ServerCallError('AttestAgent', Object.assign(new Error('x'), { code, details: 'x' }) as ServiceError);
const address = { host: 'signet.example.org', port: 8081 };

describe('a failed node attestation', () => {
  it.each([
    ['a spent token', refused(status.INVALID_ARGUMENT), 'make another with "signet-server token generate"'],
    ['a server that is away', refused(status.UNAVAILABLE), 'is signet.example.org:8081 its address'],
    ['a refusal', refused(status.PERMISSION_DENIED), '"agent evict" lets it in again'],
  ])('by %s comes with what to do', (_name, error, hint) => {
    expect(attestationHint({ error, attestor: 'join_token', address })).toContain(hint);
  });

  it('by a stranger in the place of the server names what does not vouch for it', () => {
    const error = refused(status.UNAVAILABLE);
    const distrustedBy = 'trust_bundle_path /b.pem';
    expect(attestationHint({ error, attestor: 'x509pop', address, distrustedBy })).toBe(
      'signet.example.org:8081 shows a certificate that trust_bundle_path /b.pem does not vouch for: compare with "signet-server bundle show"',
    );
  });

  it('by a server that the kept bundle does not vouch for says how the agent comes back', () => {
    const failure = { error: refused(status.UNAVAILABLE), attestor: 'x509pop', address };
    const distrustedBy = 'the bundle kept in /d';
    const hint = attestationHint({ ...failure, distrustedBy, isKeptBundle: true });
    expect(hint).toContain('delete agent-data.json there, and give it the new bundle');
  });

  it('by the server of another trust domain names that, and not the bundle', () => {
    const failure = { error: refused(status.UNAVAILABLE), attestor: 'x509pop', address };
    const strangeDomain = parseTrustDomain('other.org');
    const hint = attestationHint({ ...failure, distrustedBy: 'trust_bundle_path /b.pem', strangeDomain });
    expect(hint).toMatch(/^signet\.example\.org:8081 says .* trust domain "other\.org", .* trust_domain /);
    expect(hint).not.toContain('trust_bundle_path');
  });

  it.each([
    ['another attestor', refused(status.INVALID_ARGUMENT)],
    ['another error', new AgentError('ERR_AGENT_BOOTSTRAP', 'x')],
  ])('by %s says all itself', (_name, error) => {
    expect(attestationHint({ error, attestor: 'x509pop', address })).toBeUndefined();
  });

  it.each([
    ['a fault of the configuration', new ConfigError('ERR_CONFIG_INVALID', 'x'), true],
    ['a refusal', refused(status.PERMISSION_DENIED), true],
    ['a spent token, as SPIRE has it', refused(status.INVALID_ARGUMENT), false],
    ['a server that is away', refused(status.UNAVAILABLE), false],
  ])('by %s', (_name, error, isFinal) => {
    expect(isFinalFailure(error)).toBe(isFinal);
  });
});
