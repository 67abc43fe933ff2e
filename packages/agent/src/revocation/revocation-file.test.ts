import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseTrustDomain, type Revocation, type RevocationTarget } from '@signet/core';
import { silentLogger } from '@signet/daemon';
import { AgentRevocations } from './agent-revocations.ts';
import { keepOnFile } from './revocation-file.ts';

let dataDir: string;
const path = (): string => join(dataDir, 'revocations');

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-revocations-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** An agent that starts with that data directory. */
function start(trustDomain = 'example.org'): AgentRevocations {
  const revocations = new AgentRevocations({ scope: 'task' });
  keepOnFile({ revocations, dataDir, trustDomain: parseTrustDomain(trustDomain), logger: silentLogger });
  return revocations;
}

function revocation(sequence: number, target: RevocationTarget): Revocation {
  return { sequence, reason: 'keyCompromise', revokedAt: 1, expiresAt: 4_000_000_000, target };
}

const SERIAL = revocation(1, { kind: 'x509', authorityId: 'aa', serialHex: '01' });
const TOKEN = revocation(2, { kind: 'jwt', jti: 'x' });
const TASK = revocation(3, { kind: 'task', taskId: 'AAAAAAAAAAAAAAAAAAAAAA' });
const HOLDER = revocation(4, {
  kind: 'subject',
  spiffeId: 'spiffe://example.org/a',
  isPrefix: true,
  issuedUntil: 9,
});

const held = (revocations: AgentRevocations): Revocation[] =>
  [...revocations.set.values()].sort((a, b) => a.sequence - b.sequence);

describe('revocations on file', () => {
  it('are there after a restart, of all kinds, and make nothing current or complete', () => {
    const first = start();
    first.apply([SERIAL, TOKEN], { isFullState: true, latest: 2 });
    first.apply([TASK], { isFullState: false, latest: 3 });
    first.apply([HOLDER], { isFullState: false, latest: 4 });
    const second = start();
    expect(held(second)).toEqual([SERIAL, TOKEN, TASK, HOLDER]);
    expect(second.isComplete).toBe(false);
    expect(second.freshness()).toMatchObject({ ageMs: Infinity, isSupported: true, isStale: true });
  });

  it('are only those of the last full state', () => {
    start().apply([SERIAL, TOKEN], { isFullState: true, latest: 2 });
    start().apply([TASK], { isFullState: true, latest: 3 });
    expect(held(start())).toEqual([TASK]);
  });

  it("are the owner's alone", () => {
    start().apply([SERIAL], { isFullState: false, latest: 1 });
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('that are damaged take nothing else with them', () => {
    const first = start();
    for (const each of [SERIAL, TOKEN, TASK]) first.apply([each], { isFullState: false, latest: 1 });
    const lines = readFileSync(path(), 'latin1').split('\n');
    lines[2] = lines[2]?.replace(/.{6}$/, 'AAAAAA') ?? '';
    writeFileSync(path(), lines.join('\n'));
    appendFileSync(path(), '123 AAAA');
    const second = start();
    expect(held(second)).toEqual([SERIAL, TASK]);
    second.apply([HOLDER], { isFullState: false, latest: 4 });
    expect(held(start())).toEqual([SERIAL, TASK, HOLDER]);
  });

  it.each(['', 'x', '\0'.repeat(100)])('that are no such file are passed over: %j', (content) => {
    writeFileSync(path(), content);
    const revocations = start();
    expect(held(revocations)).toEqual([]);
    revocations.apply([SERIAL], { isFullState: false, latest: 1 });
    expect(held(start())).toEqual([SERIAL]);
  });

  it('of another trust domain do not count', () => {
    start('partner.org').apply([SERIAL], { isFullState: true, latest: 1 });
    expect(held(start())).toEqual([]);
  });

  it('do not grow without bounds', () => {
    const revocations = start();
    const many = Array.from({ length: 1_000 }, () => SERIAL);
    for (let i = 0; i < 30; i++) revocations.apply(many, { isFullState: false, latest: 1 });
    expect(statSync(path()).size).toBeLessThan(1_000_000);
    expect(held(start())).toEqual([SERIAL]);
  });
});
