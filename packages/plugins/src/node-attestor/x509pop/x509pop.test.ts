import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  AttestationError,
  X509Bundle,
  X509Svid,
  formatSelector,
  parseCertificate,
  parseTrustDomain,
} from '@signet/core';
import type {
  AgentPluginHost,
  AttestationContext,
  NodeAttestation,
  ServerNodeAttestor,
  ServerPluginHost,
} from '../../kinds/node-attestor.ts';
import type { ConfigProblems, PluginConfig } from '../../kinds/plugin.ts';
import {
  ecKey,
  issue,
  issueCa,
  rsaKey,
  rsaSpki,
  traditionalPem,
  type CertificateWish,
  type TestIdentity,
} from '../../testdata/certificates.ts';
import { inFolder } from '../../testdata/folder.ts';
import { NOW, testHost } from '../../testdata/host.ts';
import { x509popAgentAttestor } from './agent.ts';
import { possessionMethod, provePossession } from './possession.ts';
import { x509popServerAttestor } from './server.ts';
import { decodeChallenge, encodeCertificates, encodeResponse } from './wire.ts';

const root = issueCa('root');
const middle = issueCa('middle', root);
const nodeKey = ecKey();
const node = issue(root, nodeKey, { commonName: 'node-7', serial: 0xabcn });
const { signal } = new AbortController();

type Responder = (challenge: Uint8Array) => Promise<Uint8Array>;

function holderOf(key: KeyObject): Responder {
  return async (bytes) => {
    const { method, nonce } = decodeChallenge(bytes);
    return encodeResponse(await provePossession(key, method, nonce, Buffer.alloc(32, 1)));
  };
}

interface Scene {
  readonly config?: PluginConfig;
  readonly roots?: readonly TestIdentity[];
  readonly chain?: readonly TestIdentity[];
  readonly payload?: Uint8Array;
  readonly respond?: Responder;
  readonly peerAddress?: string;
  readonly host?: Partial<ServerPluginHost>;
}

async function withServer<T>(scene: Scene, run: (attestor: ServerNodeAttestor) => Promise<T>): Promise<T> {
  return await inFolder(async (folder) => {
    const caPath = join(folder, 'ca.pem');
    await writeFile(caPath, (scene.roots ?? [root]).map(({ pem }) => pem).join(''));
    const config = scene.config?.['mode'] === 'spiffe' ? {} : { ca_bundle_path: caPath };
    return await run(
      await x509popServerAttestor.create({ ...config, ...scene.config }, testHost(scene.host)),
    );
  });
}

function contextOf({ respond, peerAddress }: Scene): AttestationContext {
  return {
    challenge: respond ?? holderOf(nodeKey),
    signal,
    isAttested: () => Promise.resolve(true),
    ...(peerAddress === undefined ? {} : { peerAddress }),
  };
}

async function attest(scene: Scene): Promise<NodeAttestation> {
  const payload = scene.payload ?? encodeCertificates((scene.chain ?? [node]).map(({ der }) => der));
  return await withServer(scene, (attestor) => attestor.attest(payload, contextOf(scene)));
}

function nodeWith(wish: CertificateWish, issuer: TestIdentity = root): TestIdentity {
  return issue(issuer, nodeKey, { commonName: 'node-7', ...wish });
}

describe('x509pop, server half', () => {
  it('admits who holds the key, as often as it wants', async () => {
    const { agentId, canReattest, selectors } = await attest({});
    expect(agentId.path).toMatch(/^\/spire\/agent\/x509pop\/[0-9a-f]{40}$/);
    expect(canReattest).toBe(true);
    expect(selectors.map(formatSelector)).toEqual([
      expect.stringMatching(/^x509pop:ca:fingerprint:[0-9a-f]{40}$/),
      'x509pop:serialnumber:0abc',
      'x509pop:subject:cn:node-7',
    ]);
  });

  it('tells a fingerprint for each CA of the chain, and the pairs of the URI SANs', async () => {
    const leaf = nodeWith({ uris: ['x509pop://example.org/env/prod', 'https://example.org/x'] }, middle);
    const { selectors } = await attest({ chain: [leaf, middle] });
    const values = selectors.map(({ value }) => value);
    expect(values.filter((value) => value.startsWith('ca:fingerprint:'))).toHaveLength(2);
    expect(values.filter((value) => value.startsWith('san:'))).toEqual(['san:env:prod']);
  });

  it.each([
    ['P-384', ecKey('P-384')],
    ['P-521', ecKey('P-521')],
    ['RSA-2048', rsaKey(2048)],
    ['RSA-3072', rsaKey(3072)],
  ])('admits a node with a key %s', async (_, key) => {
    const { canReattest } = await attest({ chain: [issue(root, key)], respond: holderOf(key) });
    expect(canReattest).toBe(true);
  });

  it('admits the certificates of a hand-made PKI: serial number zero, nobody for an issuer', async () => {
    const nameless = issueCa('');
    const leaf = nodeWith({ serial: 0n }, nameless);
    const { selectors } = await attest({ roots: [nameless], chain: [leaf] });
    expect(selectors.map(({ value }) => value)).toContain('serialnumber:00');
  });

  it('makes the ID by the template', async () => {
    const config = {
      agent_path_template:
        '/cn/{{ .Subject.CommonName | lower }}/{{ .URISanSelectors.env }}/{{ .SerialNumberHex }}',
    };
    const chain = [nodeWith({ commonName: 'NODE', serial: 16n, uris: ['x509pop://example.org/env/prod'] })];
    expect((await attest({ config, chain })).agentId.path).toBe('/spire/agent/cn/node/prod/10');
  });

  const foreign = issueCa('root');
  const many = Array.from({ length: 100 }, (_, i) => issueCa(`ca ${i}`, root));
  const garbage = { der: Buffer.from('3003020101', 'hex') } as Partial<TestIdentity> as TestIdentity;
  it.each<[string, string, RegExp, Scene]>([
    ['no JSON', 'ERR_ATTESTATION_PAYLOAD', /failed to unmarshal data/, { payload: Buffer.from('{') }],
    [
      'an endless payload',
      'ERR_ATTESTATION_PAYLOAD',
      /failed to unmarshal data/,
      { payload: Buffer.alloc(2_000_000, ' ') },
    ],
    ['no certificate', 'ERR_ATTESTATION_PAYLOAD', /no certificate to attest/, { chain: [] }],
    [
      'a leaf that is no certificate',
      'ERR_ATTESTATION_PAYLOAD',
      /unable to parse leaf certificate/,
      { chain: [garbage] },
    ],
    [
      'an intermediate that is none',
      'ERR_ATTESTATION_PAYLOAD',
      /unable to parse intermediate certificate 0/,
      { chain: [node, garbage] },
    ],
    [
      'five intermediates',
      'ERR_ATTESTATION_PAYLOAD',
      /too many intermediate/,
      { chain: [node, ...many.slice(0, 5)] },
    ],
    [
      'two where one is allowed',
      'ERR_ATTESTATION_PAYLOAD',
      /too many intermediate/,
      { config: { max_intermediates: 1 }, chain: [node, middle, root] },
    ],
    [
      'another root of the same name',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { roots: [foreign] },
    ],
    [
      'a missing intermediate',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { chain: [nodeWith({}, middle)] },
    ],
    [
      'an issuer that is no CA',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { chain: [nodeWith({ commonName: 'x' }, node), node] },
    ],
    [
      'an expired certificate',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { chain: [nodeWith({ notAfter: NOW - 1 })] },
    ],
    [
      'one not valid yet',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { chain: [nodeWith({ notBefore: NOW + 1 })] },
    ],
    [
      'a certificate signed by itself',
      'ERR_ATTESTATION_FAILED',
      /certificate verification failed/,
      { chain: [issue(undefined, nodeKey)] },
    ],
    [
      'a key that may not sign',
      'ERR_INTERNAL',
      /not intended for digital signature/,
      { chain: [nodeWith({ keyUsage: 0x20 })] },
    ],
    [
      'a key of no stated usage',
      'ERR_INTERNAL',
      /not intended for digital signature/,
      { chain: [nodeWith({ keyUsage: undefined })] },
    ],
    [
      'the signature of another key',
      'ERR_ATTESTATION_CHALLENGE',
      /challenge response verification failed/,
      { respond: holderOf(ecKey()) },
    ],
    [
      'a response that is no JSON',
      'ERR_ATTESTATION_PAYLOAD',
      /unable to unmarshal challenge response/,
      { respond: () => Promise.resolve(Buffer.from('x')) },
    ],
    [
      'the challenge sent back',
      'ERR_ATTESTATION_PAYLOAD',
      /unable to unmarshal challenge response/,
      { respond: (challenge) => Promise.resolve(challenge) },
    ],
    [
      'an empty name where the template wants one',
      'ERR_ATTESTATION_AGENT_ID',
      /failed to make spiffe id/,
      {
        config: { agent_path_template: '/cn/{{ .Subject.CommonName }}' },
        chain: [nodeWith({ commonName: '..' })],
      },
    ],
    [
      'a SAN that the template misses',
      'ERR_ATTESTATION_AGENT_ID',
      /failed to make spiffe id/,
      { config: { agent_path_template: '/{{ .URISanSelectors.env }}' } },
    ],
  ])('refuses %s', async (_, code, message, scene) => {
    const error: unknown = await attest(scene).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as unknown });
    expect((error as Error).message).toMatch(/^nodeattestor\(x509pop\): /);
  });

  it('T21: verifies possession with the certificate that was chained, wherever another key stands', async () => {
    const mine = ecKey();
    const [evil, evilCa] = [issue(undefined, mine), issueCa('root', undefined, mine)];
    for (const chain of [
      [node, evil],
      [node, evilCa],
      [node, nodeWith({ spkiDer: rsaSpki(2048) }), evil],
    ]) {
      await expect(attest({ chain, respond: holderOf(mine) })).rejects.toMatchObject({
        code: 'ERR_ATTESTATION_CHALLENGE',
      });
    }
    for (const chain of [
      [evil, node],
      [evilCa, node, root],
    ]) {
      await expect(attest({ chain, respond: holderOf(mine) })).rejects.toMatchObject({
        code: 'ERR_ATTESTATION_FAILED',
      });
    }
  });

  it('T18: a recorded response is worth nothing in the next attestation', async () => {
    let recorded: Uint8Array | undefined;
    await attest({ respond: async (challenge) => (recorded = await holderOf(nodeKey)(challenge)) });
    await expect(
      attest({ respond: () => Promise.resolve(recorded ?? new Uint8Array()) }),
    ).rejects.toMatchObject({
      code: 'ERR_ATTESTATION_CHALLENGE',
    });
  });

  it('never sends the same nonce twice', async () => {
    const nonces = new Set<string>();
    const respond: Responder = async (challenge) => {
      nonces.add(Buffer.from(decodeChallenge(challenge).nonce).toString('hex'));
      return await holderOf(nodeKey)(challenge);
    };
    for (let i = 0; i < 20; i++) await attest({ respond });
    expect(nonces.size).toBe(20);
  });

  describe('T05: refuses without work', () => {
    const ROUNDS = 50;
    const large = nodeWith({ spkiDer: rsaSpki(16_384) });
    it.each<[string, RegExp, Scene]>([
      ['a key RSA-16384', /leaf certificate key size too large/, { chain: [large] }],
      ['an intermediate with one', /intermediate certificate 0 key size too large/, { chain: [node, large] }],
      [
        'a key above the configured size',
        /leaf certificate key size too large/,
        { config: { max_rsa_key_size: 2048 }, chain: [nodeWith({ spkiDer: rsaSpki(4096) })] },
      ],
      [
        'an exponent as long as the modulus',
        /unable to parse leaf certificate: RSA public exponent is too large/,
        { chain: [nodeWith({ spkiDer: rsaSpki(2048, (1n << 2000n) + 1n) })] },
      ],
      [
        'a key RSA-1024',
        /leaf certificate key size too large/,
        { chain: [nodeWith({ spkiDer: rsaSpki(1024) })] },
      ],
      ['a chain of 100', /too many intermediate certificates/, { chain: [node, ...many.slice(0, 99)] }],
      [
        '100 keys RSA-16384',
        /too many intermediate certificates/,
        { chain: Array.from({ length: 30 }, () => large) },
      ],
    ])('%s', async (_, message, scene) => {
      const payload = encodeCertificates((scene.chain ?? []).map(({ der }) => der));
      await withServer(scene, async (attestor) => {
        const refused = (): Promise<void> =>
          expect(attestor.attest(payload, contextOf(scene))).rejects.toThrow(message);
        for (let i = 0; i < ROUNDS; i++) await refused();
        const before = process.cpuUsage();
        for (let i = 0; i < ROUNDS; i++) await refused();
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1000 / ROUNDS).toBeLessThan(5);
      });
    });
  });

  describe('verify_client_ip', () => {
    const config = { verify_client_ip: true };
    const chain = [nodeWith({ ips: [Uint8Array.from([10, 0, 0, 7])] })];

    it('admits from an address of the certificate', async () => {
      await expect(attest({ config, chain, peerAddress: '::ffff:10.0.0.7' })).resolves.toMatchObject({
        canReattest: true,
      });
    });

    it.each<[string, string, Scene]>([
      ['from another address', 'ERR_ATTESTATION_FAILED', { peerAddress: '10.0.0.8' }],
      ['from no address', 'ERR_INTERNAL', {}],
      [
        'with no address in the certificate',
        'ERR_ATTESTATION_FAILED',
        { peerAddress: '10.0.0.7', chain: [node] },
      ],
    ])('refuses %s', async (_, code, scene) => {
      await expect(attest({ config, chain, ...scene })).rejects.toMatchObject({ code });
    });
  });

  describe('mode spiffe', () => {
    const trustDomain = parseTrustDomain('example.org');
    const bundle = new X509Bundle(trustDomain, [parseCertificate(root.der)]);
    const host = { ownX509Bundle: () => Promise.resolve(bundle) };
    const svid = (...uris: string[]): readonly TestIdentity[] => [nodeWith({ commonName: '', uris })];

    it.each<[string, PluginConfig, string, string]>([
      ['the default prefix', {}, 'spiffe://example.org/spire-exchange/east/node', 'x509pop/east/node'],
      ['svid_prefix', { svid_prefix: '/nodes' }, 'spiffe://example.org/nodes/a', 'x509pop/a'],
      ['spiffe_prefix', { spiffe_prefix: '/nodes/' }, 'spiffe://example.org/nodes/a', 'x509pop/a'],
      ['no prefix', { svid_prefix: '' }, 'spiffe://example.org/nodes/a', 'x509pop/nodes/a'],
      [
        'a template',
        { agent_path_template: '/x/{{ .SVIDPathTrimmed | base }}' },
        'spiffe://example.org/spire-exchange/a/b',
        'x/b',
      ],
    ])('exchanges an SVID by %s', async (_, config, uri, path) => {
      const { agentId } = await attest({ config: { mode: 'spiffe', ...config }, host, chain: svid(uri) });
      expect(agentId.path).toBe(`/spire/agent/${path}`);
    });

    it.each<[string, readonly TestIdentity[]]>([
      ['no SPIFFE ID', svid('https://example.org/spire-exchange/a')],
      [
        'two SPIFFE IDs',
        svid('spiffe://example.org/spire-exchange/a', 'spiffe://example.org/spire-exchange/b'),
      ],
      ['an ID of another trust domain', svid('spiffe://other.org/spire-exchange/a')],
      ['an ID outside of the prefix', svid('spiffe://example.org/other/a')],
      ['the prefix within a longer segment', svid('spiffe://example.org/spire-exchange-not/a')],
      ['dots', svid('spiffe://example.org/spire-exchange/../spire/agent/x')],
      [
        'an SVID of another authority',
        [issue(foreign, nodeKey, { uris: ['spiffe://example.org/spire-exchange/a'] })],
      ],
    ])('refuses %s', async (_, chain) => {
      await expect(attest({ config: { mode: 'spiffe' }, host, chain })).rejects.toMatchObject({
        code: 'ERR_ATTESTATION_FAILED',
      });
    });
  });

  it('refuses a configuration with every problem at once', () => {
    const problems = x509popServerAttestor.check({
      mode: 'spiffe',
      ca_bundle_path: '/ca.pem',
      max_intermediate: 3,
      max_rsa_key_size: 16_384,
      agent_path_template: '/{{ .Finger }}',
      svid_prefix: '/a',
      spiffe_prefix: '/b',
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'agent_path_template',
      'ca_bundle_path',
      'max_intermediate',
      'max_rsa_key_size',
      'spiffe_prefix',
    ]);
    expect(problems).toContainEqual({
      path: 'max_intermediate',
      message: 'is not a known key',
      nearest: 'max_intermediates',
    });
  });

  it.each<[string, PluginConfig, string]>([
    ['no bundle', {}, 'ca_bundle_path'],
    ['both ways to name bundles', { ca_bundle_path: '/a', ca_bundle_paths: ['/b'] }, 'ca_bundle_paths'],
    ['a mode that is none', { mode: 'x', ca_bundle_path: '/a' }, 'mode'],
  ])('refuses %s', (_, config, path) => {
    expect(x509popServerAttestor.check(config)).toEqual([expect.objectContaining({ path })]);
  });

  it('names every bundle file that cannot be used', async () => {
    await inFolder(async (folder) => {
      const [good, bad] = [join(folder, 'good.pem'), join(folder, 'bad.pem')];
      await writeFile(good, root.pem);
      await writeFile(bad, 'no certificate');
      const error: unknown = await x509popServerAttestor
        .create({ ca_bundle_paths: [good, bad, join(folder, 'none.pem')] }, testHost())
        .catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' });
      expect((error as { details: ConfigProblems }).details.problems.map(({ path }) => path)).toEqual([
        'ca_bundle_paths[1]',
        'ca_bundle_paths[2]',
      ]);
    });
  });
});

describe('x509pop, agent half', () => {
  interface Files {
    readonly key?: string;
    readonly certificate?: string;
    readonly intermediates?: string;
  }

  async function withAgent<T>(
    files: Files,
    run: (config: PluginConfig, folder: string) => Promise<T>,
  ): Promise<T> {
    return await inFolder(async (folder) => {
      await writeFile(join(folder, 'key.pem'), files.key ?? node.keyPem);
      await writeFile(join(folder, 'cert.pem'), files.certificate ?? node.pem);
      await writeFile(join(folder, 'more.pem'), files.intermediates ?? '');
      const config = {
        private_key_path: join(folder, 'key.pem'),
        certificate_path: join(folder, 'cert.pem'),
      };
      return await run(
        files.intermediates === undefined
          ? config
          : { ...config, intermediates_path: join(folder, 'more.pem') },
        folder,
      );
    });
  }

  const rsa = rsaKey(2048);
  const rsaNode = issue(middle, rsa);
  it.each<[string, Files, KeyObject]>([
    ['an EC key', {}, nodeKey],
    ['an EC key in SEC 1', { key: traditionalPem(nodeKey) }, nodeKey],
    [
      'an RSA key and an intermediate beside',
      { key: rsaNode.keyPem, certificate: rsaNode.pem, intermediates: middle.pem },
      rsa,
    ],
    [
      'an RSA key in PKCS #1 and a chain',
      { key: traditionalPem(rsa), certificate: rsaNode.pem + middle.pem },
      rsa,
    ],
  ])('is admitted by the server half with %s', async (_, files, key) => {
    await withAgent(files, async (config) => {
      const attestor = await x509popAgentAttestor.create(config, testHost());
      const attempt = await attestor.begin({ signal });
      expect(possessionMethod(key)).toBeDefined();
      const { canReattest } = await attest({
        payload: attempt.payload,
        respond: (challenge) => attempt.respond(challenge),
      });
      expect(canReattest).toBe(true);
    });
  });

  it('presents what the files hold when it begins', async () => {
    await withAgent({}, async (config, folder) => {
      const attestor = await x509popAgentAttestor.create(config, testHost());
      const renewed = nodeWith({});
      await writeFile(join(folder, 'cert.pem'), renewed.pem);
      expect((await attestor.begin({ signal })).payload).toEqual(encodeCertificates([renewed.der]));
    });
  });

  it.each<[string, Files, string]>([
    ['the key of another certificate', { key: rsaNode.keyPem }, 'private_key_path'],
    ['no key', { key: 'x' }, 'private_key_path'],
    ['a certificate for a key', { key: node.pem }, 'private_key_path'],
    ['no certificate', { certificate: node.keyPem }, 'certificate_path'],
    [
      'a damaged certificate',
      { certificate: node.pem.replace('MII', 'MIJ').replace(/.{8}\n-/, 'AAAAAAAA\n-') },
      'certificate_path',
    ],
    ['intermediates that are none', { intermediates: 'x' }, 'intermediates_path'],
  ])('refuses to start with %s', async (_, files, path) => {
    await withAgent(files, async (config) => {
      await expect(x509popAgentAttestor.create(config, testHost())).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        details: { problems: [expect.objectContaining({ path })] },
      });
    });
  });

  it.each<[string, PluginConfig, readonly string[]]>([
    ['no paths', {}, ['private_key_path', 'certificate_path']],
    ['a socket that is no address', { spiffe_endpoint_socket: '/x' }, ['spiffe_endpoint_socket']],
  ])('refuses %s', (_, config, paths) => {
    expect(x509popAgentAttestor.check(config).map(({ path }) => path)).toEqual(paths);
  });

  describe('with an SVID of another agent', () => {
    const uri = 'spiffe://example.org/spire-exchange/east';
    const endpoint = 'unix:///run/other.sock';
    const ownX509Bundle = (): Promise<X509Bundle> =>
      Promise.resolve(new X509Bundle(parseTrustDomain('example.org'), [parseCertificate(root.der)]));

    const svidOf = ({ der, key }: TestIdentity): X509Svid => X509Svid.of([parseCertificate(der)], key);

    it('is admitted by the server half, and asks for it when it begins', async () => {
      const asked: string[] = [];
      const fetchX509Svid = (from: string): Promise<X509Svid> => {
        asked.push(from);
        return Promise.resolve(svidOf(nodeWith({ commonName: '', uris: [uri] })));
      };
      const config = {
        spiffe_endpoint_socket: endpoint,
        private_key_path: '/none',
        certificate_path: '/none',
      };
      const attestor = await x509popAgentAttestor.create(config, testHost({ fetchX509Svid }));
      expect(asked).toEqual([]);
      const attempt = await attestor.begin({ signal });
      expect(asked).toEqual([endpoint]);
      const { agentId } = await attest({
        config: { mode: 'spiffe' },
        host: { ownX509Bundle },
        payload: attempt.payload,
        respond: (challenge) => attempt.respond(challenge),
      });
      expect(agentId.path).toBe('/spire/agent/x509pop/east');
    });

    it.each<[string, AgentPluginHost['fetchX509Svid']]>([
      ['none', () => Promise.reject(new AttestationError('ERR_UNAVAILABLE', 'not there'))],
      [
        'one whose key does not sign for x509pop',
        () => {
          const { certificates } = svidOf(nodeWith({ commonName: '', uris: [uri] }));
          return Promise.resolve({ certificates, privateKey: generateKeyPairSync('ed25519').privateKey });
        },
      ],
    ])('has no evidence with %s', async (_, fetchX509Svid) => {
      const config = { spiffe_endpoint_socket: endpoint };
      const attestor = await x509popAgentAttestor.create(config, testHost({ fetchX509Svid }));
      await expect(attestor.begin({ signal })).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
    });
  });

  it.each<[string, Uint8Array]>([
    ['no JSON', Buffer.from('x')],
    [
      'a challenge for another kind of key',
      Buffer.from(`{"rsa_signature":{"nonce":"${Buffer.alloc(32).toString('base64')}"}}`),
    ],
    ['a short nonce', Buffer.from('{"ecdsa_signature":{"nonce":"AA=="}}')],
    ['a long nonce', Buffer.from(`{"ecdsa_signature":{"nonce":"${Buffer.alloc(64).toString('base64')}"}}`)],
  ])('signs nothing for %s', async (_, challenge) => {
    await withAgent({}, async (config) => {
      const attempt = await (await x509popAgentAttestor.create(config, testHost())).begin({ signal });
      await expect(attempt.respond(challenge)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_CHALLENGE' });
    });
  });

  it('signs one challenge an attempt', async () => {
    await withAgent({}, async (config) => {
      const attempt = await (await x509popAgentAttestor.create(config, testHost())).begin({ signal });
      const challenge = Buffer.from(`{"ecdsa_signature":{"nonce":"${Buffer.alloc(32).toString('base64')}"}}`);
      await attempt.respond(challenge);
      await expect(attempt.respond(challenge)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_CHALLENGE' });
    });
  });

  it('shows no key material in an error', async () => {
    const secret = node.keyPem.split('\n')[1] ?? '';
    await withAgent(
      { key: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n` },
      async (config) => {
        const error: unknown = await x509popAgentAttestor
          .create(config, testHost())
          .catch((cause: unknown) => cause);
        expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret.slice(0, 20));
      },
    );
  });
});
