import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { parseTrustDomain } from '@signet/core';
import { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';
import { type X509Message, x509Message } from '../../../../test/kit/workload-messages.ts';
import type { WorkloadApiError } from '../errors.ts';
import { errorCode, rejectionCode } from '../testdata/error-code.ts';
import { X509Source, type X509SourceOptions } from './x509-source.ts';

const partnerDomain = parseTrustDomain('partner.org');
let ca: TestCa;
let partner: TestCa;
let orders: TestX509Svid;
let billing: TestX509Svid;
let api: FakeWorkloadApi;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  partner = await TestCa.create('partner.org');
  orders = await ca.issueX509Svid('/orders');
  billing = await ca.issueX509Svid('/billing');
});

beforeEach(async () => {
  api = await FakeWorkloadApi.start();
});

afterEach(() => api[Symbol.asyncDispose]());

function push(message: Partial<X509Message> = {}): void {
  api.x509Svids.push(x509Message({ svids: [orders], bundle: [ca], ...message }));
}

async function open(options: X509SourceOptions = {}): Promise<X509Source> {
  return X509Source.open({ endpoint: api.endpoint, ...options });
}

function update(source: X509Source): Promise<void> {
  return new Promise((resolve) => {
    const stop = source.onUpdate(() => {
      stop();
      resolve();
    });
  });
}

function failure(source: X509Source): Promise<WorkloadApiError> {
  return new Promise((resolve) => {
    const stop = source.onFailure((error) => {
      stop();
      resolve(error);
    });
  });
}

describe('X509Source', () => {
  it('holds the SVID and the bundles of the agent', async () => {
    push({ svids: [orders, billing], federated: [partner] });
    await using source = await open();
    expect(source.svid.id.uri).toBe(orders.id);
    expect(source.svids.map(({ id }) => id.uri)).toEqual([orders.id, billing.id]);
    expect([...source.bundles.bundles.keys()].sort()).toEqual(['example.org', 'partner.org']);
    expect(source.x509Bundle(partnerDomain)?.authorities).toHaveLength(1);
  });

  it('WAPI-9, WAPI-10: each message replaces all of the state before', async () => {
    push({ svids: [orders, billing], federated: [partner] });
    await using source = await open();
    const updated = update(source);
    push({ svids: [billing] });
    await updated;
    expect(source.svids.map(({ id }) => id.uri)).toEqual([billing.id]);
    expect(source.x509Bundle(partnerDomain)).toBeUndefined();
  });

  it('WAPI-12: reports a message that cannot be used, keeps its state, and goes on with the same stream', async () => {
    push();
    await using source = await open();
    const failed = failure(source);
    push({ svids: [] });
    expect((await failed).code).toBe('ERR_X509_SVID_EMPTY');
    expect(source.svid.id.uri).toBe(orders.id);
    const updated = update(source);
    push({ svids: [billing] });
    await updated;
    expect([source.svid.id.uri, api.x509Svids.opened]).toEqual([billing.id, 1]);
  });

  it('reports a federated bundle that cannot be read, and takes the rest of the message', async () => {
    push({ federated: [partner] });
    await using source = await open();
    const [updated, failed] = [update(source), failure(source)];
    const message = x509Message({ svids: [billing], bundle: [ca] });
    api.x509Svids.push({ ...message, federated_bundles: { 'spiffe://partner.org': Buffer.of(1) } });
    await updated;
    expect([(await failed).code, source.svid.id.uri]).toEqual(['ERR_X509_MALFORMED', billing.id]);
    expect(source.x509Bundle(partnerDomain)).toBeUndefined();
  });

  it('WAPI-25: has no SVID and no bundle any more after PermissionDenied, until there is one again', async () => {
    push();
    await using source = await open();
    const failed = failure(source);
    api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    expect((await failed).message).toBe('Workload API: no identity issued');
    for (const use of [() => source.svid, () => source.bundles, () => source.x509Bundle(partnerDomain)]) {
      expect(errorCode(use)).toBe('ERR_PERMISSION_DENIED');
    }
    const updated = update(source);
    push();
    await updated;
    expect(source.svid.id.uri).toBe(orders.id);
  });

  it('WAPI-4: opens its stream again when it ends, with OK or without', async () => {
    push();
    await using source = await open();
    for (const end of [
      () => api.x509Svids.end(),
      () => api.x509Svids.drop(status.UNAVAILABLE, 'shutting down'),
      () => api.x509Svids.drop(status.INTERNAL, 'bug'),
      () => api.x509Svids.drop(status.CANCELLED, 'stopped'),
    ]) {
      const updated = update(source);
      end();
      await updated;
      expect(source.svid.id.uri).toBe(orders.id);
    }
    expect(api.x509Svids.opened).toBe(5);
  });

  it('serves what it has while the agent is away, and comes back with it', async () => {
    push();
    await using source = await open();
    const failed = failure(source);
    api.pause();
    expect((await failed).code).toBe('ERR_UNAVAILABLE');
    expect(source.svid.id.uri).toBe(orders.id);
    push({ svids: [billing] });
    const updated = update(source);
    await api.resume();
    await updated;
    expect(source.svid.id.uri).toBe(billing.id);
  });

  it('WE-13: does not come back after INVALID_ARGUMENT; what it has stays', async () => {
    push();
    await using source = await open();
    const failed = failure(source);
    api.x509Svids.fail(status.INVALID_ARGUMENT, 'security header missing from request');
    expect((await failed).code).toBe('ERR_INVALID_ARGUMENT');
    await new Promise((resolve) => setImmediate(resolve));
    expect([source.svid.id.uri, api.x509Svids.opened]).toEqual([orders.id, 1]);
  });

  it('tells its listeners until they stop listening', async () => {
    push();
    await using source = await open();
    let heard = 0;
    const stop = source.onUpdate(() => heard++);
    for (let round = 0; round < 2; round++) {
      const updated = update(source);
      push();
      await updated;
      stop();
    }
    expect(heard).toBe(1);
  });
});

describe('X509Source picks', () => {
  it('the SVID that it is told to', async () => {
    push({ svids: [orders, { ...billing, hint: 'billing' }] });
    await using source = await open({ pick: (svids) => svids.find(({ hint }) => hint === 'billing') });
    expect(source.svid.id.uri).toBe(billing.id);
  });

  it('none when there is none that is wanted, and says so', async () => {
    push();
    await using source = await open({ pick: (svids) => svids.find(({ hint }) => hint === 'billing') });
    expect(errorCode(() => source.svid)).toBe('ERR_NOT_FOUND');
    const updated = update(source);
    push({ svids: [orders, { ...billing, hint: 'billing' }] });
    await updated;
    expect(source.svid.id.uri).toBe(billing.id);
  });
});

describe('X509Source.open', () => {
  it('waits until there is an SVID', async () => {
    api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    const opening = open();
    await api.x509Svids.untilOpened(1);
    push();
    await using source = await opening;
    expect(source.svid.id.uri).toBe(orders.id);
  });

  it('tells of refusals while it waits, and of failures later', async () => {
    api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    const heard: string[] = [];
    const opening = open({ onFailure: ({ code }) => heard.push(code) });
    await api.x509Svids.untilOpened(2);
    push();
    await using source = await opening;
    const failed = failure(source);
    push({ svids: [] });
    await failed;
    expect(new Set(heard)).toEqual(new Set(['ERR_PERMISSION_DENIED', 'ERR_X509_SVID_EMPTY']));
  });

  it('waits for an agent that is not there yet', async () => {
    api.pause();
    push();
    const opening = open();
    await api.resume();
    await using source = await opening;
    expect(source.svid.id.uri).toBe(orders.id);
  });

  it('WAPI-12: waits for a message that can be used', async () => {
    push({ svids: [] });
    const opening = open();
    await api.x509Svids.untilOpened(1);
    push();
    await using source = await opening;
    expect([source.svid.id.uri, api.x509Svids.opened]).toEqual([orders.id, 1]);
  });

  it('ends with the agent’s refusal when its signal is aborted', async () => {
    api.x509Svids.fail(status.PERMISSION_DENIED, 'no identity issued');
    const opening = open({ signal: AbortSignal.timeout(300) });
    await expect(opening).rejects.toMatchObject({
      code: 'ERR_PERMISSION_DENIED',
      message: 'Workload API: no identity issued',
    });
  });

  it('ends with what is wrong with the messages when its signal is aborted', async () => {
    push({ svids: [] });
    expect(await rejectionCode(open({ signal: AbortSignal.timeout(300) }))).toBe('ERR_X509_SVID_EMPTY');
  });

  it.each([
    ['WE-13', status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT'],
    ['WE-16', status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED'],
  ])('%s: ends at once with status %i', async (_, code, expected) => {
    api.x509Svids.fail(code, 'no');
    expect(await rejectionCode(open())).toBe(expected);
    expect(api.x509Svids.opened).toBe(1);
  });

  it('WE-9: ends at once with an address that is not usable', async () => {
    expect(await rejectionCode(X509Source.open({ endpoint: 'tcp://localhost:1' }))).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });
});

describe('X509Source, closed', () => {
  it('ends its stream and says that it is closed', async () => {
    push();
    const source = await open();
    const ended = new Promise((resolve) => source.closed.addEventListener('abort', resolve));
    await source[Symbol.asyncDispose]();
    await ended;
    expect(errorCode(() => source.svid)).toBe('ERR_UNAVAILABLE');
    while (api.x509Svids.open > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('may be closed by a listener of its own', async () => {
    push();
    const source = await open();
    const updated = new Promise<void>((resolve) => {
      source.onUpdate(() => {
        source.close();
        resolve();
      });
    });
    push();
    await updated;
    expect(source.closed.aborted).toBe(true);
  });
});
