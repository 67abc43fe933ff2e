import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain } from '@signet/core';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { TestAuthority } from '../testdata/test-authority.ts';
import { AgentCache } from '../sync/agent-cache.ts';
import { type Sendable, WorkloadView } from './workload-view.ts';

const entry = testEntry('one');

class Fixture {
  readonly authority = new TestAuthority();
  readonly cache = new AgentCache(parseTrustDomain('example.org'));
  readonly svid = issuedRecord(this.authority, entry);
  nowMs = Date.now();
  readonly view = new WorkloadView('key', new Set(['test:a']), {
    cache: this.cache,
    clock: { nowMs: () => this.nowMs },
  });

  constructor() {
    this.cache.update(entryMap(entry), [this.authority.bundle()]);
    this.cache.putSvids([this.svid]);
  }

  message(): Buffer {
    const sendable: Sendable = this.view.sendable('x509Svids');
    if (sendable.kind !== 'ready') throw new TypeError(`nothing to send: ${sendable.kind}`);
    return sendable.message;
  }
}

describe('WorkloadView', () => {
  it('gives the same message as long as nothing in it changes', () => {
    const fixture = new Fixture();
    const first = fixture.message();
    fixture.cache.update(entryMap(entry, testEntry('two', { needs: ['b'] })), [fixture.authority.bundle()]);
    expect(fixture.message()).toBe(first);
  });

  it('gives another when the SVID was renewed', () => {
    const fixture = new Fixture();
    const first = fixture.message();
    fixture.cache.putSvids([issuedRecord(fixture.authority, entry)]);
    expect(fixture.message().equals(first)).toBe(false);
  });

  it('takes back what has expired, without any change of the cache', () => {
    const fixture = new Fixture();
    fixture.message();
    fixture.nowMs = fixture.svid.notAfter * 1000;
    expect(fixture.view.sendable('x509Svids').kind).toBe('pending');
  });

  it('gives nothing once the entry is gone', () => {
    const fixture = new Fixture();
    fixture.message();
    fixture.cache.update(new Map(), [fixture.authority.bundle()]);
    expect(fixture.view.sendable('x509Svids').kind).toBe('none');
  });
});
