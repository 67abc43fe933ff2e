import { describe, expect, it } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { parseCertificate, type KeyType } from '@signet/core';
import {
  lineLogger,
  testAuthority,
  testTrustDomain,
  testWorld,
  type TestWorld,
} from '../ca/testdata/test-authority.ts';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';
import { FakeTime } from '../ca/testdata/fake-time.ts';
import { ServerSvidHolder } from './server-svid-holder.ts';

async function started(
  ttl: number,
  keyType: KeyType = 'ec-p256',
): Promise<{
  world: TestWorld;
  authority: CertificateAuthority;
  holder: ServerSvidHolder;
  timers: FakeTime;
}> {
  const world = testWorld();
  const authority = testAuthority(world);
  await authority.start();
  const settings = {
    trustDomain: testTrustDomain,
    defaultX509SvidTtl: ttl,
    defaultJwtSvidTtl: 300,
    agentTtl: 0,
    disableJwtSvids: false,
    jwtSvidJti: true,
  };
  const timers = new FakeTime(0);
  const { time: clock, bundles, log } = world;
  const holder = new ServerSvidHolder({
    authority,
    settings,
    clock,
    keyType,
    bundles,
    logger: lineLogger(log),
    after: timers.after,
  });
  return { world, authority, holder, timers };
}

describe('ServerSvidHolder', () => {
  it('has no SVID before it starts', async () => {
    const { holder } = await started(60);
    expect(() => holder.current()).toThrow(expect.objectContaining({ code: 'ERR_AUTHORITY_NOT_READY' }));
  });

  it.each<KeyType>(['ec-p256', 'ec-p384', 'rsa-2048'])(
    'holds spiffe://<td>/spire/server with a key of type %s',
    async (keyType) => {
      const { holder } = await started(60, keyType);
      await holder.start();
      const { chainDer, key, spiffeId } = holder.current();
      const leaf = parseCertificate(chainDer[0]!);
      expect(spiffeId.uri).toBe('spiffe://example.org/spire/server');
      expect(leaf).toMatchObject({ uriSans: [spiffeId.uri], dnsSans: [] });
      expect(
        Buffer.from(leaf.spkiDer).equals(createPublicKey(key).export({ format: 'der', type: 'spki' })),
      ).toBe(true);
      holder.close();
    },
  );

  it('renews after half its life with a new key, and tells', async () => {
    const { holder, world, timers } = await started(60);
    const heard: string[] = [];
    holder.onChange(({ serialHex }) => heard.push(serialHex));
    await holder.start();
    const first = holder.current();
    world.time.pass(29);
    await timers.fireNext();
    expect(holder.current()).toBe(first);
    world.time.pass(1);
    await timers.fireNext();
    const second = holder.current();
    expect(heard).toEqual([first.serialHex, second.serialHex]);
    expect(Buffer.from(parseCertificate(second.chainDer[0]!).spkiDer)).not.toEqual(
      Buffer.from(parseCertificate(first.chainDer[0]!).spkiDer),
    );
    holder.close();
  });

  it('renews at once when the old authority that signed it is tainted', async () => {
    const { holder, world, authority, timers } = await started(86_400);
    world.time.pass(19 * 3600);
    await world.time.fireNext();
    await holder.start();
    const first = holder.current();
    world.time.pass(2 * 3600);
    await world.time.fireNext();
    await timers.fireNext();
    expect(holder.current()).toBe(first);
    const bundle = (await world.bundles.get(testTrustDomain))!;
    await world.bundles.set({
      ...bundle,
      x509Authorities: bundle.x509Authorities.map(({ der }, at) => ({ der, tainted: at === 0 })),
    });
    await timers.fireNext();
    expect(holder.current().authorityId).toBe(authority.activeX509Authority().authorityId);
    expect(holder.current().authorityId).not.toBe(first.authorityId);
    holder.close();
    await authority.close();
  });

  it('keeps the SVID that it has while a new one cannot be signed, and tries again', async () => {
    const { holder, world, timers, authority } = await started(60);
    await holder.start();
    const first = holder.current();
    const get = world.bundles.get.bind(world.bundles);
    world.time.pass(31);
    world.bundles.get = () => Promise.reject(new Error('database is away'));
    await timers.fireNext();
    expect(holder.current()).toBe(first);
    expect(world.log.at(-1)).toMatch(/^Could not rotate server SVID/);
    world.bundles.get = get;
    await timers.fireNext();
    expect(holder.current()).not.toBe(first);
    holder.close();
    await authority.close();
  });
});
