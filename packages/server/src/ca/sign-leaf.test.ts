import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { encodePem, parseCertificate, parseSpiffeId, type KeyType } from '@signet/core';
import { testAuthority, testTrustDomain, testWorld, testOrigin } from './testdata/test-authority.ts';
import { der, extension, oid, testCsr, testKey, type TestCsr } from './testdata/test-csr.ts';

const entryNames = {
  spiffeId: parseSpiffeId('spiffe://example.org/web'),
  dnsNames: ['web.example.org', 'www.example.org'],
};
const otherKeys = Array.from(
  { length: 4 },
  () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
);
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

async function withAuthority<T>(
  use: (authority: ReturnType<typeof testAuthority>) => Promise<T>,
  change = {},
): Promise<T> {
  const authority = testAuthority(testWorld(), change);
  await authority.start();
  try {
    return await use(authority);
  } finally {
    await authority.close();
  }
}

const wishes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constant(extension('2.5.29.19', true, der(0x30, Buffer.from([1, 1, 0xff]), Buffer.from([2, 1, 3])))),
  fc.constant(extension('2.5.29.15', true, Buffer.from([3, 2, 1, 0x06]))),
  fc.constant(extension('2.5.29.37', false, der(0x30, oid('2.5.29.37.0')))),
  fc.constant(extension('2.5.29.30', true, der(0x30, der(0xa0, der(0x30, der(0x82, Buffer.from('.org'))))))),
  fc.constant(extension('2.5.29.14', false, der(0x04, Buffer.alloc(20, 7)))),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => extension('1.3.6.1.4.1.99999.1', true, der(0x04, bytes))),
);

const hostileCsr: fc.Arbitrary<TestCsr> = fc.record({
  key: fc.constantFrom(testKey, rsaKey, ...otherKeys),
  uris: fc.array(
    fc.constantFrom(
      'spiffe://example.org/admin',
      'spiffe://example.org/spire/server',
      'spiffe://evil.org/x',
      'https://x',
    ),
    { maxLength: 3 },
  ),
  dnsNames: fc.array(fc.constantFrom('localhost', '*.example.org', 'bank.example'), { maxLength: 3 }),
  ips: fc.array(fc.uint8Array({ minLength: 4, maxLength: 4 }), { maxLength: 2 }),
  mails: fc.array(fc.constant('root@example.org'), { maxLength: 1 }),
  subject: fc.array(
    fc.tuple(
      fc.constantFrom('2.5.4.3', '2.5.4.10', '2.5.4.11', '2.5.4.5'),
      fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
    ),
    { maxLength: 3 },
  ),
  extensions: fc.uniqueArray(wishes, {
    maxLength: 3,
    selector: (bytes) => Buffer.from(bytes.subarray(0, 9)).toString('hex'),
  }),
});

/** The TBS with what may differ blanked out: serial, dates, key and its identifier. */
function template(leafDer: Uint8Array): string {
  const leaf = parseCertificate(leafDer);
  let hex = Buffer.from(leaf.tbsDer).toString('hex');
  // Lengths of the outer elements follow those of serial and key.
  hex = hex.replace(Buffer.from(leaf.spkiDer).toString('hex'), '<key>');
  hex = hex.replace(Buffer.from(leaf.subjectKeyId ?? []).toString('hex'), '<ski>');
  return hex.slice(hex.indexOf(Buffer.from(leaf.issuerDer).toString('hex')));
}

describe('a CSR for an entry', () => {
  it('T01, T02: decides nothing but the key', async () => {
    await withAuthority(async (authority) => {
      const [plain] = await authority.signX509Svids([
        { csrDer: testCsr({}), names: entryNames, ttl: 600, origin: testOrigin },
      ]);
      if (!plain?.ok) throw new Error('not signed');
      const expected = template(plain.svid.chainDer[0]!);
      let signed = 0;
      await fc.assert(
        fc.asyncProperty(hostileCsr, async (wanted) => {
          const outcome = await authority.signX509Svid({
            csrDer: testCsr(wanted),
            names: entryNames,
            ttl: 600,
            origin: testOrigin,
          });
          if (!outcome.ok) {
            expect(outcome.fault.code).toBe('ERR_CSR_MALFORMED');
            return;
          }
          signed++;
          const [leafDer] = outcome.svid.chainDer;
          expect(template(leafDer!)).toBe(expected);
          const leaf = parseCertificate(leafDer!);
          expect(leaf).toMatchObject({
            isCa: false,
            uriSans: [entryNames.spiffeId.uri],
            dnsSans: entryNames.dnsNames,
            ipSans: [],
            emailSans: [],
          });
        }),
        { numRuns: 1000 },
      );
      expect(signed).toBeGreaterThan(500);
    });
  }, 60_000);

  const good = testCsr({});
  it.each([
    {
      name: 'signed by another key',
      csrDer: testCsr({ signer: otherKeys[0]! }),
      phase: 'signature',
      code: 'ERR_CSR_SIGNATURE',
    },
    {
      name: 'signed by a key of another kind',
      csrDer: testCsr({ signer: rsaKey }),
      phase: 'signature',
      code: 'ERR_CSR_SIGNATURE_ALGORITHM',
    },
    {
      name: 'trailing octet',
      csrDer: Buffer.concat([good, Buffer.from([0])]),
      phase: 'parse',
      code: 'ERR_CSR_MALFORMED',
    },
    {
      name: 'indefinite length',
      csrDer: Buffer.concat([Buffer.from([0x30, 0x80]), good.subarray(3), Buffer.from([0, 0])]),
      phase: 'parse',
      code: 'ERR_CSR_MALFORMED',
    },
    { name: 'empty', csrDer: Buffer.alloc(0), phase: 'parse', code: 'ERR_CSR_MALFORMED' },
    { name: 'too large', csrDer: Buffer.alloc(65_537), phase: 'parse', code: 'ERR_CSR_TOO_LARGE' },
    {
      name: 'RSA of 1024 bits',
      csrDer: testCsr({ key: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey }),
      phase: 'signature',
      code: 'ERR_KEY_SIZE',
    },
    {
      name: 'P-521',
      csrDer: testCsr({ key: generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey }),
      phase: 'signature',
      code: 'ERR_KEY_CURVE',
    },
  ])('T03, T04: is refused: $name', async ({ csrDer, phase, code }) => {
    await withAuthority(async (authority) => {
      expect(
        await authority.signX509Svid({ csrDer, names: entryNames, ttl: 60, origin: testOrigin }),
      ).toMatchObject({
        ok: false,
        fault: { phase, code },
      });
    });
  });

  it('T03: one flipped bit anywhere in the signed part or the signature is never signed as another CSR', async () => {
    await withAuthority(async (authority) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(good.length * 8 - 1), async (bit) => {
          const csrDer = Uint8Array.from(good);
          csrDer[bit >> 3]! ^= 1 << (bit & 7);
          expect(
            await authority.signX509Svid({ csrDer, names: entryNames, ttl: 60, origin: testOrigin }),
          ).toMatchObject({
            ok: false,
          });
        }),
        { numRuns: 300 },
      );
    });
  });

  it('T04: is refused when its key is that of an authority', async () => {
    const world = testWorld();
    const authority = testAuthority(world);
    await authority.start();
    for (const { localKey } of await world.keyManager.getKeys()) {
      expect(
        await authority.signX509Svid({
          csrDer: testCsr({ key: localKey! }),
          names: entryNames,
          ttl: 60,
          origin: testOrigin,
        }),
      ).toMatchObject({
        fault: { phase: 'signature', code: 'ERR_CSR_KEY' },
      });
    }
    await authority.close();
  });

  it('T05: is refused before any arithmetic when its key is giant', async () => {
    const modulus = Buffer.alloc(2048, 0xff);
    const integer = (bytes: Uint8Array): Buffer => der(0x02, Buffer.concat([Buffer.from([0]), bytes]));
    const spki = der(
      0x30,
      der(0x30, oid('1.2.840.113549.1.1.1'), Buffer.from([5, 0])),
      der(0x03, Buffer.from([0]), der(0x30, integer(modulus), der(0x02, Buffer.from([1, 0, 1])))),
    );
    const info = der(0x30, Buffer.from([2, 1, 0]), der(0x30), spki, der(0xa0));
    const csrDer = der(
      0x30,
      info,
      der(0x30, oid('1.2.840.113549.1.1.11'), Buffer.from([5, 0])),
      der(0x03, Buffer.from([0]), modulus),
    );
    await withAuthority(async (authority) => {
      const before = process.cpuUsage();
      for (let i = 0; i < 20; i++) {
        expect(
          await authority.signX509Svid({ csrDer, names: entryNames, ttl: 60, origin: testOrigin }),
        ).toMatchObject({
          fault: { code: 'ERR_KEY_SIZE' },
        });
      }
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 20 / 1000).toBeLessThan(5);
    });
  });
});

describe('a CSR whose names are honoured', () => {
  const uri = 'spiffe://example.org/web';
  it.each([
    { name: 'no URI SAN', csr: {}, code: 'ERR_CSR_URI_SAN_COUNT', message: 'CSR URI SAN is required' },
    {
      name: 'two URI SANs',
      csr: { uris: [uri, uri] },
      code: 'ERR_CSR_URI_SAN_COUNT',
      message: 'only one URI SAN is expected',
    },
    {
      name: 'no SPIFFE ID',
      csr: { uris: ['https://example.org'] },
      code: 'ERR_CSR_SPIFFE_ID',
      message: /^CSR URI SAN is invalid: /,
    },
    {
      name: 'foreign ID',
      csr: { uris: ['spiffe://other.org/x'] },
      code: 'ERR_CSR_SPIFFE_ID',
      message:
        /^CSR URI SAN is invalid: "spiffe:\/\/other.org\/x" is not a member of trust domain "example.org"$/,
    },
    {
      name: 'reserved ID',
      csr: { uris: ['spiffe://example.org/spire/server'] },
      code: 'ERR_CSR_SPIFFE_ID',
      message: /path is in the reserved namespace$/,
    },
    {
      name: 'trust domain ID',
      csr: { uris: ['spiffe://example.org'] },
      code: 'ERR_CSR_SPIFFE_ID',
      message: /^CSR URI SAN is invalid: /,
    },
    {
      name: 'bad DNS name',
      csr: { uris: [uri], dnsNames: ['a..b'] },
      code: 'ERR_CSR_DNS_NAME',
      message: /^CSR DNS name is invalid: /,
    },
    {
      name: 'wildcard over another name',
      csr: { uris: [uri], dnsNames: ['*.example.org', 'a.example.org'] },
      code: 'ERR_CSR_DNS_NAME',
      message: /^CSR DNS name contains a wildcard that covers another non-wildcard name: /,
    },
  ])('is refused: $name', async ({ csr, code, message }) => {
    await withAuthority(async (authority) => {
      const outcome = await authority.signX509Svid({
        csrDer: testCsr(csr),
        names: 'csr',
        ttl: 60,
        origin: testOrigin,
      });
      if (outcome.ok) throw new Error('was signed');
      expect(outcome.fault).toMatchObject({ phase: 'names', code });
      expect(outcome.fault.message).toMatch(message);
    });
  });

  it.each([
    {
      name: 'nothing asked',
      subject: [],
      dnsNames: [],
      expected: [
        ['2.5.4.6', 'US'],
        ['2.5.4.10', 'SPIRE'],
      ],
    },
    {
      name: 'a DNS name',
      subject: [],
      dnsNames: ['a.example.org'],
      expected: [
        ['2.5.4.6', 'US'],
        ['2.5.4.10', 'SPIRE'],
        ['2.5.4.3', 'a.example.org'],
      ],
    },
    {
      name: 'a subject',
      subject: [
        ['2.5.4.10', 'Acme'],
        ['2.5.4.3', 'web'],
      ],
      dnsNames: [],
      expected: [
        ['2.5.4.10', 'Acme'],
        ['2.5.4.3', 'web'],
      ],
    },
    {
      name: 'both',
      subject: [
        ['2.5.4.10', 'Acme'],
        ['2.5.4.3', 'web'],
      ],
      dnsNames: ['a.example.org', '*.b.example.org'],
      expected: [
        ['2.5.4.10', 'Acme'],
        ['2.5.4.3', 'a.example.org'],
      ],
    },
  ] as const)('gets the subject that SPIRE would give: $name', async ({ subject, dnsNames, expected }) => {
    await withAuthority(async (authority) => {
      const outcome = await authority.signX509Svid({
        csrDer: testCsr({ uris: [uri], dnsNames, subject }),
        names: 'csr',
        ttl: 60,
        origin: testOrigin,
      });
      if (!outcome.ok) throw new Error(outcome.fault.message);
      const leaf = parseCertificate(outcome.svid.chainDer[0]!);
      const attributes = expected.map(([type, text]) =>
        der(0x31, der(0x30, oid(type), der(0x13, Buffer.from(text)))),
      );
      expect(leaf.dnsSans).toEqual(dnsNames);
      expect(outcome.svid.spiffeId.uri).toBe(uri);
      expect(Buffer.from(leaf.subjectDer)).toEqual(der(0x30, ...attributes));
    });
  });
});

describe('openssl', () => {
  it.each<KeyType>(['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-4096'])(
    'accepts what a CA with a key of type %s signs',
    async (caKeyType) => {
      const folder = mkdtempSync(join(tmpdir(), 'signet-leaf-'));
      const world = testWorld();
      const authority = testAuthority(world, { caKeyType });
      await authority.start();
      try {
        const names = {
          spiffeId: parseSpiffeId(`${testTrustDomain.idString}/${'a'.repeat(300)}`),
          dnsNames: ['a.example.org'],
        };
        const outcome = await authority.signX509Svid({
          csrDer: testCsr({}),
          names,
          ttl: 60,
          origin: testOrigin,
        });
        if (!outcome.ok) throw new Error(outcome.fault.message);
        const [root, leaf] = [join(folder, 'root.pem'), join(folder, 'leaf.pem')];
        writeFileSync(root, encodePem('CERTIFICATE', authority.activeX509Authority().certificate.der));
        writeFileSync(leaf, encodePem('CERTIFICATE', outcome.svid.chainDer[0]!));
        const at = String(Math.floor(world.time.nowMs() / 1000));
        expect(
          execFileSync('openssl', [
            'verify',
            '-x509_strict',
            '-attime',
            at,
            '-CAfile',
            root,
            leaf,
          ]).toString(),
        ).toContain('OK');
      } finally {
        rmSync(folder, { recursive: true });
        await authority.close();
      }
    },
    30_000,
  );
});
