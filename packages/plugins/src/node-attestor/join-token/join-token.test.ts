import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AttestationContext, JoinTokenSource, ServerNodeAttestor } from '../../kinds/node-attestor.ts';
import { inFolder } from '../../testdata/folder.ts';
import { NOW, TestJoinTokens, testHost } from '../../testdata/host.ts';
import { joinTokenAgentAttestor } from './agent.ts';
import { joinTokenServerAttestor } from './server.ts';

const TOKEN = '0b2a6d2e-54c1-4b8e-9d3f-5a9f0a9a4a11';
const UNKNOWN = {
  code: 'ERR_JOIN_TOKEN_UNKNOWN',
  message: 'failed to attest: join token does not exist or has already been used',
};

const context: AttestationContext = {
  challenge: () => Promise.reject(new Error('no challenge here')),
  signal: new AbortController().signal,
  isAttested: () => Promise.resolve(false),
};

async function serverWith(tokens: readonly (readonly [string, number])[]): Promise<{
  attestor: ServerNodeAttestor;
  store: TestJoinTokens;
}> {
  const store = new TestJoinTokens();
  for (const [token, expiresAt] of tokens) store.tokens.set(token, expiresAt);
  return { attestor: await joinTokenServerAttestor.create({}, testHost({ joinTokens: store })), store };
}

describe('join token, server half', () => {
  it('gives the agent an ID of its token, no selectors, and no second attestation', async () => {
    const { attestor } = await serverWith([[TOKEN, NOW + 60]]);
    const { agentId, ...rest } = await attestor.attest(Buffer.from(TOKEN), context);
    expect(agentId.uri).toBe(`spiffe://example.org/spire/agent/join_token/${TOKEN}`);
    expect(rest).toEqual({ selectors: [], canReattest: false });
  });

  it('T17, D1: of 200 racers with one token one wins', async () => {
    const { attestor } = await serverWith([[TOKEN, NOW + 60]]);
    const racers = Array.from({ length: 200 }, () => attestor.attest(Buffer.from(TOKEN), context));
    const outcomes = await Promise.allSettled(racers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    for (const reason of reasons) expect(reason).toMatchObject(UNKNOWN);
  });

  it('T18: refuses the replay of a recorded attestation', async () => {
    const { attestor } = await serverWith([[TOKEN, NOW + 60]]);
    await attestor.attest(Buffer.from(TOKEN), context);
    await expect(attestor.attest(Buffer.from(TOKEN), context)).rejects.toMatchObject(UNKNOWN);
  });

  it.each<[string, number, string]>([
    ['one second ago', NOW - 1, 'ERR_JOIN_TOKEN_EXPIRED'],
    ['long ago', 0, 'ERR_JOIN_TOKEN_EXPIRED'],
  ])('refuses a token that expired %s, and uses it up', async (_, expiresAt, code) => {
    const { attestor, store } = await serverWith([[TOKEN, expiresAt]]);
    await expect(attestor.attest(Buffer.from(TOKEN), context)).rejects.toMatchObject({
      code,
      message: 'join token expired',
    });
    expect(store.tokens.size).toBe(0);
  });

  it('takes a token in the second of its expiry', async () => {
    const { attestor } = await serverWith([[TOKEN, NOW]]);
    await expect(attestor.attest(Buffer.from(TOKEN), context)).resolves.toMatchObject({ canReattest: false });
  });

  it.each<[string, Uint8Array]>([
    ['another text', Buffer.from('other')],
    ['the token with a line end', Buffer.from(`${TOKEN}\n`)],
    ['the token after a byte order mark', Buffer.from(`\uFEFF${TOKEN}`)],
    ['bytes that are no text', Uint8Array.from([0xff, 0xfe])],
    ['more than any token has', Buffer.alloc(1025, 'a')],
  ])('knows no token for %s', async (_, payload) => {
    const { attestor, store } = await serverWith([
      [TOKEN, NOW + 60],
      ['a'.repeat(1025), NOW + 60],
    ]);
    await expect(attestor.attest(payload, context)).rejects.toMatchObject(UNKNOWN);
    expect(store.tokens.size).toBe(2);
  });

  it.each(['..', '.', 'a/b', 'a/../../server', '/a', 'a b', 'é'])(
    'gives no ID for a token %j that is no path segment, and does not repeat it',
    async (token) => {
      const { attestor } = await serverWith([[token, NOW + 60]]);
      await expect(attestor.attest(Buffer.from(token), context)).rejects.toMatchObject({
        code: 'ERR_ATTESTATION_AGENT_ID',
        message: 'failed to create join token ID',
      });
    },
  );
});

describe('join token, agent half', () => {
  async function payloadOf(joinToken?: JoinTokenSource): Promise<string> {
    const attestor = await joinTokenAgentAttestor.create(
      {},
      testHost(joinToken === undefined ? {} : { joinToken }),
    );
    const { payload } = await attestor.begin({ signal: context.signal });
    return Buffer.from(payload).toString();
  }

  it('presents the token of the configuration', async () => {
    expect(await payloadOf({ token: TOKEN })).toBe(TOKEN);
  });

  it('presents the token of the file without the space around it', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'token');
      await writeFile(file, ` ${TOKEN}\r\n`);
      expect(await payloadOf({ file })).toBe(TOKEN);
    });
  });

  it.each<[string, (folder: string) => Promise<JoinTokenSource | undefined>, string]>([
    ['no token is configured', () => Promise.resolve(undefined), 'ERR_CONFIG_INVALID'],
    ['the token is empty', () => Promise.resolve({ token: '' }), 'ERR_CONFIG_INVALID'],
    ['the file is missing', (folder) => Promise.resolve({ file: join(folder, 'none') }), 'ERR_CONFIG_FILE'],
    [
      'the file is empty',
      async (folder) => {
        await writeFile(join(folder, 'token'), '\n');
        return { file: join(folder, 'token') };
      },
      'ERR_CONFIG_INVALID',
    ],
    [
      'the file is far too large',
      async (folder) => {
        await writeFile(join(folder, 'token'), 'a'.repeat(5000));
        return { file: join(folder, 'token') };
      },
      'ERR_CONFIG_INVALID',
    ],
  ])('refuses to begin when %s', async (_, source, code) => {
    await inFolder(async (folder) => {
      await expect(payloadOf(await source(folder))).rejects.toMatchObject({ code });
    });
  });

  it('answers no challenge', async () => {
    const attestor = await joinTokenAgentAttestor.create({}, testHost({ joinToken: { token: TOKEN } }));
    const attempt = await attestor.begin({ signal: context.signal });
    await expect(attempt.respond(Buffer.from('x'))).rejects.toMatchObject({
      code: 'ERR_ATTESTATION_CHALLENGE',
    });
  });
});
