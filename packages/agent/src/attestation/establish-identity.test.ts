import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError, encodePem, formatSpiffeBundle } from '@signet/core';
import { loadAgentData, storeAgentData } from '../storage/agent-data.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { attestationDeps, TestFolder } from '../testdata/test-agent.ts';
import { TestAuthority } from '../testdata/test-authority.ts';
import type { BootstrapTrust } from './bootstrap-bundle.ts';
import { type Established, establishIdentity } from './establish-identity.ts';

const AGENT_ID = 'spiffe://example.org/spire/agent/test/node-1';
let server: ScriptedServer;
let folder: TestFolder;

const never = new AbortController().signal;

async function establish(trust: BootstrapTrust, giveUpAfterMs = 0): Promise<Established> {
  const deps = await attestationDeps(server, folder.path);
  return establishIdentity({ ...deps, dataDir: folder.path, trust, giveUpAfterMs }, never);
}

async function trustFile(
  authority: TestAuthority,
  format: 'pem' | 'spiffe' = 'pem',
): Promise<BootstrapTrust> {
  const path = join(folder.path, `bundle.${format}`);
  const text =
    format === 'pem' ? encodePem('CERTIFICATE', authority.rootDer) : formatSpiffeBundle(authority.bundle());
  await writeFile(path, text);
  return { kind: 'file', path, format };
}

beforeEach(async () => {
  server = await ScriptedServer.open();
  folder = new TestFolder();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('establishIdentity', () => {
  it.each(['pem', 'spiffe'] as const)('attests, trusting a %s bundle', async (format) => {
    const { identity, bundle } = await establish(await trustFile(server.authority, format));
    expect(identity.id.uri).toBe(AGENT_ID);
    expect(bundle.jwtAuthorities).toHaveLength(1);
    expect(server.calls).toEqual(['AttestAgent', 'GetBundle']);
    expect(server.callers).toEqual([undefined, undefined]);
  });

  it('attests without a bundle when it is told to', async () => {
    const { identity } = await establish({ kind: 'insecure' });
    expect(identity.id.uri).toBe(AGENT_ID);
  });

  it('sends nothing to a server that the bundle does not vouch for', async () => {
    const trust = await trustFile(new TestAuthority('example.org'));
    await expect(establish(trust)).rejects.toMatchObject({
      code: 'ERR_UNAVAILABLE',
      message: expect.stringContaining(
        `shows a certificate that trust_bundle_path ${join(folder.path, 'bundle.pem')} does not vouch for`,
      ) as unknown,
    });
    expect(server.calls).toEqual([]);
  });

  it('says what to look at when the server is away', async () => {
    await server.close();
    await expect(establish({ kind: 'insecure' })).rejects.toMatchObject({
      code: 'ERR_UNAVAILABLE',
      message: expect.stringContaining('is the server running, and is ') as unknown,
    });
  });

  it('does not try again without evidence that only another start can bring', async () => {
    const deps = await attestationDeps(server, folder.path);
    const error = new ConfigError('ERR_CONFIG_INVALID', 'there is no join token');
    const attestor = { ...deps.attestor, begin: () => Promise.reject(error) };
    const trust: BootstrapTrust = { kind: 'insecure' };
    const started = performance.now();
    await expect(
      establishIdentity({ ...deps, attestor, dataDir: folder.path, trust, giveUpAfterMs: 60_000 }, never),
    ).rejects.toBe(error);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('uses the stored SVID the next time, without the server', async () => {
    const trust = await trustFile(server.authority);
    const first = await establish(trust);
    await server.close();
    const second = await establish(trust);
    expect(second.identity.chainDer).toEqual(first.identity.chainDer.map((der) => Buffer.from(der)));
    expect(second.identity.key.spkiDer).toEqual(first.identity.key.spkiDer);
    expect(second.bundle.x509Authorities).toHaveLength(1);
  });

  it('stores it in the form of SPIRE, for its owner only', async () => {
    server.reattestable = true;
    await establish({ kind: 'insecure' });
    const path = join(folder.path, 'agent-data.json');
    const stored = JSON.parse(await readFile(path, 'utf8')) as {
      svid: string[];
      bundle: string[];
      reattestable: boolean;
    };
    expect(Buffer.from(stored.svid[0]!, 'base64').toString()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(stored.bundle).toHaveLength(1);
    expect(stored.reattestable).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('attests again when the stored SVID has expired', async () => {
    server.ttl = 1;
    await establish({ kind: 'insecure' });
    server.ttl = 3600;
    server.calls.length = 0;
    await establish({ kind: 'insecure' });
    expect(server.calls).toContain('AttestAgent');
  });

  it('attests again when the key of the stored SVID is gone', async () => {
    const foreign = server.authority.identity(AGENT_ID);
    await storeAgentData(folder.path, {
      svid: foreign.chainDer,
      bundle: [server.authority.rootDer],
      reattestable: false,
    });
    await establish({ kind: 'insecure' });
    expect(server.calls).toContain('AttestAgent');
  });

  it('trusts the stored bundle rather than the network', async () => {
    const stranger = new TestAuthority('example.org');
    await storeAgentData(folder.path, { svid: [], bundle: [stranger.rootDer], reattestable: false });
    await expect(establish({ kind: 'insecure' })).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    expect(server.calls).toEqual([]);
  });

  it('does not try again after a refusal', async () => {
    server.attestFailure = status.PERMISSION_DENIED;
    await expect(establish({ kind: 'insecure' }, 60_000)).rejects.toMatchObject({
      code: 'ERR_PERMISSION_DENIED',
    });
    expect(server.calls).toEqual(['AttestAgent']);
  });

  it('does not take a damaged file for no file', async () => {
    await writeFile(join(folder.path, 'agent-data.json'), '{"svid":["x"]');
    await expect(establish({ kind: 'insecure' })).rejects.toMatchObject({ code: 'ERR_AGENT_DATA' });
  });

  it.each([
    { name: 'missing', content: undefined, text: 'cannot be read: no such file or directory' },
    { name: 'empty', content: '', text: 'is not a bundle in the format pem: ' },
    {
      name: 'not a bundle',
      content: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      text: 'is not a bundle in the format pem: ',
    },
  ])('a trust bundle that is $name stops the start, by its name', async ({ content, text }) => {
    const path = join(folder.path, 'bundle.pem');
    if (content !== undefined) await writeFile(path, content);
    await expect(establish({ kind: 'file', path, format: 'pem' })).rejects.toMatchObject({
      code: 'ERR_AGENT_BOOTSTRAP',
      message: expect.stringContaining(`trust_bundle_path ${path} ${text}`) as unknown,
    });
  });
});

describe('agent-data.json', () => {
  it('is empty when it is not there', async () => {
    expect(await loadAgentData(folder.path)).toEqual({ svid: [], bundle: [], reattestable: false });
  });

  it('reads what Go writes for empty lists', async () => {
    await writeFile(join(folder.path, 'agent-data.json'), '{"svid":null,"bundle":null,"reattestable":false}');
    expect(await loadAgentData(folder.path)).toEqual({ svid: [], bundle: [], reattestable: false });
  });
});
