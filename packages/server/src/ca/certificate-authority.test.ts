import { describe, expect, it } from '@jest/globals';
import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import {
  StoreError,
  jwtBundleOf,
  newTaskId,
  parseCertificate,
  parseJwtSvidInsecure,
  parseSpiffeId,
  verifyJwtSvid,
  verifyX509Svid,
  x509BundleOf,
  type Bundle,
} from '@signet/core';
import type { CertificateAuthority, IssuedX509Svid, SigningOutcome } from './certificate-authority.ts';
import type { IssuedCredential } from './issued-credential.ts';
import {
  TEST_NOW,
  testAuthority,
  testTrustDomain,
  testWorld,
  type TestWorld,
  testOrigin,
} from './testdata/test-authority.ts';
import { testCsr } from './testdata/test-csr.ts';

const spiffeId = parseSpiffeId('spiffe://example.org/web');
const order = { csrDer: testCsr({}), names: { spiffeId, dnsNames: [] }, ttl: 3600, origin: testOrigin };

function svidOf(outcome: SigningOutcome): IssuedX509Svid {
  if (!outcome.ok) throw new Error(`not signed: ${outcome.fault.code} ${outcome.fault.message}`);
  return outcome.svid;
}

async function bundleOf(world: TestWorld): Promise<Bundle> {
  const bundle = await world.bundles.get(testTrustDomain);
  if (bundle === undefined) throw new Error('no bundle');
  return bundle;
}

/** Whether somebody with the bundle of this moment accepts the SVID. */
async function accepts(world: TestWorld, { chainDer }: IssuedX509Svid): Promise<boolean> {
  const bundle = x509BundleOf(await bundleOf(world));
  const at = Math.floor(world.time.nowMs() / 1000);
  return verifyX509Svid(chainDer, { bundles: { x509Bundle: () => bundle }, at }).id.equals(spiffeId);
}

describe('start', () => {
  it('prepares, publishes and activates one authority of each kind', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const { x509Authorities, jwtAuthorities } = await bundleOf(world);
    expect(x509Authorities).toHaveLength(1);
    expect(jwtAuthorities.map(({ keyId }) => keyId)).toEqual([expect.stringMatching(/^[A-Za-z0-9]{32}$/)]);
    expect(world.log.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'X509 CA prepared slot=A',
      'X509 CA activated slot=A',
      'JWT key prepared slot=A',
      'JWT key activated slot=A',
    ]);
    await authority.close();
  });

  it('makes a CA certificate as SPIRE does', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const { certificate } = authority.activeX509Authority();
    expect(certificate).toMatchObject({
      isCa: true,
      uriSans: ['spiffe://example.org'],
      notBefore: TEST_NOW - 10,
      notAfter: TEST_NOW + 86_400,
    });
    expect(certificate.authorityKeyId).toBeUndefined();
    expect(certificate.pathLen).toBeUndefined();
    expect(Buffer.from(certificate.subjectDer).toString('latin1')).toContain(certificate.serial.toString());
    await authority.close();
  });

  it('makes no JWT key when JWT-SVIDs are off', async () => {
    const world = testWorld();
    const authority = testAuthority(world, { disableJwtSvids: true });
    await authority.start();
    expect((await bundleOf(world)).jwtAuthorities).toEqual([]);
    expect(() => authority.activeJwtAuthority()).toThrow(
      expect.objectContaining({ code: 'ERR_AUTHORITY_NOT_READY' }),
    );
    await expect(
      authority.signJwtSvid({ spiffeId, audience: ['a'], ttl: 60, origin: testOrigin }),
    ).rejects.toMatchObject({
      code: 'ERR_AUTHORITY_NOT_READY',
    });
    await authority.close();
  });

  it('signs nothing before it', async () => {
    const authority = testAuthority(testWorld());
    expect(await authority.signX509Svid(order)).toMatchObject({
      fault: { phase: 'sign', code: 'ERR_AUTHORITY_NOT_READY' },
    });
    await expect(
      authority.signJwtSvid({ spiffeId, audience: ['a'], ttl: 60, origin: testOrigin }),
    ).rejects.toMatchObject({
      code: 'ERR_AUTHORITY_NOT_READY',
    });
  });
});

describe('restart', () => {
  async function started(world: TestWorld): Promise<CertificateAuthority> {
    const authority = testAuthority(world);
    await authority.start();
    return authority;
  }
  const idsOf = (authority: CertificateAuthority): readonly string[] => [
    authority.activeX509Authority().authorityId,
    authority.activeJwtAuthority().authorityId,
  ];

  it('goes on with the same authorities', async () => {
    const world = testWorld();
    const first = await started(world);
    const ids = idsOf(first);
    await first.close();
    const second = await started(world);
    expect(idsOf(second)).toEqual(ids);
    expect(await accepts(world, svidOf(await second.signX509Svid(order)))).toBe(true);
    expect(world.log).toHaveLength(4);
    await second.close();
  });

  it('keeps a prepared authority for its turn', async () => {
    const world = testWorld();
    const first = await started(world);
    world.time.pass(13 * 3600);
    await world.time.fireNext();
    const prepared = (await bundleOf(world)).x509Authorities.at(-1)!;
    await first.close();
    world.time.pass(8 * 3600);
    const second = await started(world);
    expect(second.activeX509Authority().certificate.der).toEqual(prepared.der);
    expect(second.activeX509Authority().slot).toBe('B');
    await second.close();
  });

  const lost: { name: string; reason: string; break: (world: TestWorld, bundle: Bundle) => unknown }[] = [
    {
      name: 'its key is gone',
      reason: 'its key is gone',
      break: (world) => world.keyManager.lose('x509-CA-A'),
    },
    {
      name: 'another key is in its slot',
      reason: 'the key in its slot is another one',
      break: (world) => world.keyManager.generateKey('x509-CA-A', 'ec-p256'),
    },
    {
      name: 'it is not in the bundle',
      reason: 'it is not in the bundle',
      break: (world, bundle) => world.bundles.set({ ...bundle, x509Authorities: [] }),
    },
    {
      name: 'it is tainted',
      reason: 'it is tainted',
      break: (world, bundle) =>
        world.bundles.set({
          ...bundle,
          x509Authorities: bundle.x509Authorities.map(({ der }) => ({ der, tainted: true })),
        }),
    },
    { name: 'it has expired', reason: 'it has expired', break: (world) => world.time.pass(2 * 86_400) },
  ];
  it.each(lost)(
    'R25: does not use a slot when $name, says so, and makes a new authority',
    async ({ reason, break: damage }) => {
      const world = testWorld();
      const first = await started(world);
      const [former] = idsOf(first);
      await first.close();
      await damage(world, await bundleOf(world));
      const second = await started(world);
      expect(idsOf(second)[0]).not.toBe(former);
      expect(world.log).toContainEqual(
        expect.stringMatching(`^Slot is not used kind=x509 slot=A .*reason=${reason}$`),
      );
      expect(await accepts(world, svidOf(await second.signX509Svid(order)))).toBe(true);
      await second.close();
    },
  );

  it('R25: does not start over a damaged journal, and makes no key in its place', async () => {
    const world = testWorld();
    const first = await started(world);
    await first.close();
    const before = (await world.keyManager.getKeys()).map(({ spkiDer }) => spkiDer);
    const journal = (await world.journals.load('server-1'))!;
    world.journals.overwrite(
      'server-1',
      journal.data.map((octet, at) => (at === 100 ? octet ^ 1 : octet)),
    );
    await expect(testAuthority(world).start()).rejects.toMatchObject({ code: 'ERR_AUTHORITY_JOURNAL' });
    expect((await world.keyManager.getKeys()).map(({ spkiDer }) => spkiDer)).toEqual(before);
  });
});

describe('rotation', () => {
  it('T10: never signs with what is not in the bundle, over 50 rotations of short-lived authorities', async () => {
    const world = testWorld();
    const activated: string[] = [];
    const authority = testAuthority(world, { caTtl: 6 });
    authority.onChange(({ event, authority: changed }) => {
      if (event === 'activated' && changed.kind === 'x509') activated.push(changed.authorityId);
    });
    await authority.start();
    while (activated.length < 50) {
      await world.time.fireNext();
      const svid = svidOf(await authority.signX509Svid(order));
      expect(await accepts(world, svid)).toBe(true);
      const { token } = await authority.signJwtSvid({
        spiffeId,
        audience: ['a'],
        ttl: 3600,
        origin: testOrigin,
      });
      const bundle = jwtBundleOf(await bundleOf(world));
      const at = Math.floor(world.time.nowMs() / 1000);
      expect(
        verifyJwtSvid(token, {
          bundles: { jwtBundle: () => bundle },
          audience: ['a'],
          at,
          leewaySeconds: 0,
        }).id.equals(spiffeId),
      ).toBe(true);
    }
    expect(new Set(activated).size).toBe(activated.length);
    await authority.close();
  });

  it('T10: a successor is in the bundle well before it signs', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    const at = new Map<string, number>();
    authority.onChange(({ event, authority: changed }) => {
      if (changed.kind === 'x509') at.set(`${event} ${changed.slot}`, world.time.nowMs() / 1000 - TEST_NOW);
    });
    await authority.start();
    for (let hour = 0; hour < 24; hour++) {
      world.time.pass(3600);
      await world.time.fireNext();
    }
    const prepared = at.get('prepared B')!;
    const activated = at.get('activated B')!;
    expect(prepared).toBeGreaterThan(12 * 3600);
    expect(prepared).toBeLessThan(13.1 * 3600);
    expect(activated).toBeGreaterThan(20 * 3600);
    expect(activated).toBeLessThan(21.1 * 3600);
    await authority.close();
  });

  it.each([
    { name: 'publishing', fail: (world: TestWorld, error: Error) => (world.bundles.failNext = error) },
    { name: 'journalling', fail: (world: TestWorld, error: Error) => (world.journals.failNext = error) },
  ])('keeps signing with the old authority while $name fails, and tries again', async ({ fail }) => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const former = authority.activeX509Authority().authorityId;
    world.time.pass(13 * 3600);
    fail(world, new StoreError('ERR_UNAVAILABLE', 'disk full'));
    await world.time.fireNext();
    expect(svidOf(await authority.signX509Svid(order)).authorityId).toBe(former);
    await world.time.fireNext();
    world.time.pass(8 * 3600);
    await world.time.fireNext();
    const svid = svidOf(await authority.signX509Svid(order));
    expect(svid.authorityId).not.toBe(former);
    expect(await accepts(world, svid)).toBe(true);
    await authority.close();
  });

  it('signs nothing after another process wrote the journal, until it was read again', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    world.time.pass(13 * 3600);
    world.journals.failNext = new StoreError('ERR_ABORTED', 'saved by another');
    await world.time.fireNext();
    expect(await authority.signX509Svid(order)).toMatchObject({ fault: { code: 'ERR_AUTHORITY_NOT_READY' } });
    await world.time.fireNext();
    expect(await accepts(world, svidOf(await authority.signX509Svid(order)))).toBe(true);
    await authority.close();
  });

  it('gives up a prepared authority that got tainted', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    world.time.pass(13 * 3600);
    await world.time.fireNext();
    const bundle = await bundleOf(world);
    const tainted = bundle.x509Authorities.map(({ der }, at) => ({ der, tainted: at === 1 }));
    await world.bundles.set({ ...bundle, x509Authorities: tainted });
    world.time.pass(8 * 3600);
    await world.time.fireNext();
    expect(authority.activeX509Authority().certificate.der).toEqual(
      (await bundleOf(world)).x509Authorities[2]!.der,
    );
    await authority.close();
  });

  it.each([
    { name: 'forward by ten days', seconds: 10 * 86_400 },
    { name: 'back by an hour', seconds: -3600 },
  ])(
    'R09: a clock set $name makes one new authority of each kind, and nothing wrong is signed meanwhile',
    async ({ seconds }) => {
      const world = testWorld();
      const authority = testAuthority(world);
      await authority.start();
      world.time.set(seconds);
      expect(await authority.signX509Svid(order)).toMatchObject({ fault: { code: 'ERR_AUTHORITY_EXPIRED' } });
      await world.time.fireNext();
      expect(await accepts(world, svidOf(await authority.signX509Svid(order)))).toBe(true);
      for (let checks = 0; checks < 20; checks++) await world.time.fireNext();
      const made = world.log
        .filter((line) => line.includes(' prepared '))
        .map((line) => line.split(' slot=')[0]);
      expect(made).toEqual(['X509 CA prepared', 'JWT key prepared', 'X509 CA prepared', 'JWT key prepared']);
      await authority.close();
    },
  );

  it('prunes what expired more than a day ago, never the active one', async () => {
    const world = testWorld();
    const authority = testAuthority(world, { caTtl: 3600 });
    await authority.start();
    for (let hours = 0; hours < 40; hours++) {
      world.time.pass(3600);
      await world.time.fireNext();
    }
    const { x509Authorities } = await bundleOf(world);
    const now = world.time.nowMs() / 1000;
    const ends = x509Authorities.map(({ der }) => parseCertificate(der).notAfter);
    expect(Math.min(...ends)).toBeGreaterThan(now - 31 * 3600);
    expect(Math.max(...ends)).toBeGreaterThan(now);
    await authority.close();
  });
});

describe('leaves', () => {
  it('T09: never outlive their authority nor begin before it, at any TTL and age', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const { certificate } = authority.activeX509Authority();
    const start = world.time.nowMs() / 1000;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 86_399 }),
        async (ttl, age) => {
          world.time.set(start + age - world.time.nowMs() / 1000);
          const svid = svidOf(await authority.signX509Svid({ ...order, ttl }));
          const leaf = parseCertificate(svid.chainDer[0]!);
          expect(leaf.notAfter).toBe(Math.min(start + age + ttl, certificate.notAfter));
          expect(leaf.notBefore).toBe(start + age - 10);
          expect(leaf.notBefore).toBeGreaterThanOrEqual(certificate.notBefore);
          expect(svid).toMatchObject({
            notBefore: leaf.notBefore,
            expiresAt: leaf.notAfter,
            serialHex: leaf.serialHex,
          });
        },
      ),
      { numRuns: 100 },
    );
    await authority.close();
  });

  it('have a serial of their own each', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    const outcomes = await authority.signX509Svids(Array.from({ length: 300 }, () => order));
    expect(new Set(outcomes.map((outcome) => svidOf(outcome).serialHex)).size).toBe(300);
    await authority.close();
  });

  it('are signed by a key that does not leave its key manager', async () => {
    const world = testWorld({ remoteKeys: true });
    const authority = testAuthority(world, { signWorkers: 2 });
    await authority.start();
    expect(await accepts(world, svidOf(await authority.signX509Svid(order)))).toBe(true);
    const { token } = await authority.signJwtSvid({ spiffeId, audience: ['a'], ttl: 60, origin: testOrigin });
    const [input, signature] = [
      token.slice(0, token.lastIndexOf('.')),
      token.slice(token.lastIndexOf('.') + 1),
    ];
    const key = createPublicKey({
      key: Buffer.from(authority.activeJwtAuthority().published.spkiDer),
      format: 'der',
      type: 'spki',
    });
    const raw = { key, dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', Buffer.from(input), raw, Buffer.from(signature, 'base64url'))).toBe(true);
    await authority.close();
  });
});

describe('JWT-SVIDs', () => {
  it('carry the issuer when one is set, and end with their key', async () => {
    const world = testWorld();
    const authority = testAuthority(world, { jwtIssuer: 'https://issuer.example.org' });
    await authority.start();
    world.time.pass(86_400 - 30);
    const svid = await authority.signJwtSvid({
      spiffeId,
      audience: ['a'],
      ttl: 300,
      jti: 'abc',
      origin: testOrigin,
    });
    const claims = JSON.parse(Buffer.from(svid.token.split('.')[1]!, 'base64url').toString()) as object;
    const iat = TEST_NOW + 86_400 - 30;
    expect(claims).toEqual({
      aud: ['a'],
      exp: iat + 30,
      iat,
      iss: 'https://issuer.example.org',
      jti: 'abc',
      sub: spiffeId.uri,
    });
    expect(svid).toMatchObject({ issuedAt: iat, expiresAt: iat + 30 });
    await authority.close();
  });
});

describe('the issued hook', () => {
  it('hears of every credential before it leaves, refused orders left out', async () => {
    const heard: IssuedCredential[] = [];
    const world = testWorld();
    const authority = testAuthority(world, {}, (credentials) => void heard.push(...credentials));
    await authority.start();
    const [good] = await authority.signX509Svids([order, { ...order, csrDer: Buffer.from('00', 'hex') }]);
    await authority.signJwtSvid({ spiffeId, audience: ['a'], ttl: 60, origin: testOrigin });
    expect(heard).toMatchObject([
      { kind: 'x509', spiffeId, serialHex: svidOf(good!).serialHex },
      { kind: 'jwt', spiffeId, audience: ['a'] },
    ]);
    await authority.close();
  });

  it('hands nothing out when it fails', async () => {
    const world = testWorld();
    const authority = testAuthority(world, {}, () =>
      Promise.reject(new StoreError('ERR_UNAVAILABLE', 'ledger is full')),
    );
    await authority.start();
    await expect(authority.signX509Svid(order)).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    await expect(
      authority.signJwtSvid({ spiffeId, audience: ['a'], ttl: 60, origin: testOrigin }),
    ).rejects.toMatchObject({
      code: 'ERR_UNAVAILABLE',
    });
    await authority.close();
  });
});

describe('what is issued in a task', () => {
  const taskId = newTaskId(new Uint8Array(16).fill(7));
  const agentId = parseSpiffeId('spiffe://example.org/spire/agent/a');
  const origin = { by: 'entry', entryId: 'e', agentId, taskId, selectors: [] } as const;
  const ofTask = { ...order, origin };

  it.each([
    ['here', { signWorkers: 0 }, false],
    ['by a worker', { signWorkers: 1 }, false],
    ['by a key manager', { signWorkers: 0 }, true],
  ])('names it and ends with it, signed %s', async (_, settings, remoteKeys) => {
    const world = testWorld({ remoteKeys });
    const authority = testAuthority(world, settings);
    await authority.start();
    const orders = [ofTask, { ...ofTask, expiresBy: TEST_NOW + 60 }, order];
    const svids = (await authority.signX509Svids(orders)).map(svidOf);
    const leaves = svids.map(({ chainDer }) => parseCertificate(chainDer[0] ?? Buffer.of()));
    expect(leaves.map((leaf) => leaf.taskId)).toEqual([taskId, taskId, undefined]);
    expect(leaves.map((leaf) => leaf.notAfter - TEST_NOW)).toEqual([3600, 60, 3600]);
    const token = await authority.signJwtSvid({
      spiffeId,
      audience: ['db'],
      ttl: 600,
      expiresBy: TEST_NOW + 60,
      origin,
    });
    const { claims, expiresAt } = parseJwtSvidInsecure(token.token);
    expect([claims.get('task'), expiresAt - TEST_NOW]).toEqual([taskId, 60]);
    await authority.close();
  });

  it('is not issued when its time was over before', async () => {
    const issued: IssuedCredential[] = [];
    const authority = testAuthority(testWorld(), {}, (credentials) => void issued.push(...credentials));
    await authority.start();
    const late = { ...ofTask, expiresBy: TEST_NOW };
    const [refused, other] = await authority.signX509Svids([late, order]);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'ERR_ABORTED' } });
    expect(other).toMatchObject({ ok: true });
    const token = authority.signJwtSvid({ spiffeId, audience: ['db'], ttl: 60, expiresBy: TEST_NOW, origin });
    await expect(token).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(issued).toHaveLength(1);
    await authority.close();
  });
});
