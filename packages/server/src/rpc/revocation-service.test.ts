import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  type OperatorRevocationClient,
  type OperatorRevokeRequestInput,
  type OperatorRevokeResponseOutput,
  revocationService,
} from '@signet/api';
import { type Certificate, parseCertificate, parseJwtSvidInsecure } from '@signet/core';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const { INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, ABORTED } = status;
const id = (path: string) => ({ trust_domain: 'example.org', path });
const csr = testCsr().der;

describe('The Revocation API', () => {
  let server: TestServer;
  let local: TestClients;
  let client: OperatorRevocationClient;
  let agent: TestAgent;
  let as: TestClients;
  let entries = 0;

  beforeAll(async () => {
    server = await TestServer.start({ server: 'audit_log_enabled = true' });
    local = server.local;
    client = local.of<OperatorRevocationClient>(revocationService);
    agent = await server.attestAgent();
    as = await server.connect(agent);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const revoke = (request: OperatorRevokeRequestInput): Promise<OperatorRevokeResponseOutput> =>
    callUnary(client, client.Revoke, { comment: '', ...request });

  async function addEntry(of: TestAgent = agent): Promise<{ entryId: string; path: string }> {
    const path = `/revocation/${++entries}`;
    const entry = {
      parent_id: id(`/spire/agent/join_token/${of.token}`),
      spiffe_id: id(path),
      selectors: [{ type: 'unix', value: 'uid:1' }],
    };
    const { results } = await callUnary(local.entry, local.entry.BatchCreateEntry, { entries: [entry] });
    return { entryId: results[0]?.entry?.id ?? '', path };
  }

  async function newX509(entryId: string, clients = as): Promise<Certificate> {
    const params = [{ entry_id: entryId, csr }];
    const { results } = await callUnary(clients.svid, clients.svid.BatchNewX509SVID, { params });
    const der = results[0]?.svid?.cert_chain[0];
    if (der === undefined) throw new Error(results[0]?.status?.message);
    return parseCertificate(der);
  }

  async function newJwt(entryId: string): Promise<string> {
    const request = { entry_id: entryId, audience: ['db'] };
    return (await callUnary(as.svid, as.svid.NewJWTSVID, request)).svid?.token ?? '';
  }

  async function recorded(after: number) {
    const { revocations } = await callUnary(client, client.ListRevocations, { after });
    return revocations;
  }

  it('revokes one X509-SVID, however its serial number is written, and says who did it', async () => {
    const { entryId } = await addEntry();
    const svid = await newX509(entryId);
    const serial = svid.serialHex.toUpperCase().match(/../g)?.join(':') ?? '';
    const request = {
      x509_svid: { serial },
      reason: 'REVOCATION_REASON_KEY_COMPROMISE',
      comment: 'lost laptop',
    } as const;
    expect(await revoke({ ...request, dry_run: true })).toMatchObject({ revocation: '0', x509_svids: 1 });
    const answer = await revoke(request);
    expect(answer).toMatchObject({ x509_svids: 1, jwt_svids: 0, tasks: 0, agents: 0 });
    const sequence = Number(answer.revocation);
    expect(await recorded(sequence - 1)).toMatchObject([
      {
        revocation: { sequence: String(sequence), reason: 'REVOCATION_REASON_KEY_COMPROMISE' },
        actor: `local:uid:${process.getuid?.()}`,
        comment: 'lost laptop',
      },
    ]);
    expect(server.log).toContainEqual(
      expect.objectContaining({ type: 'audit', target: 'x509', serial_number: serial, revocation: sequence }),
    );
  });

  it('revokes one JWT-SVID, shown or by its jti, and logs neither', async () => {
    const { entryId } = await addEntry();
    const [shown, named] = [await newJwt(entryId), await newJwt(entryId)];
    expect(await revoke({ jwt_svid: { token: shown } })).toMatchObject({ jwt_svids: 1 });
    const jti = parseJwtSvidInsecure(named).claims.get('jti') as string;
    expect(await revoke({ jwt_svid: { jti } })).toMatchObject({ jwt_svids: 1 });
    expect(JSON.stringify(server.log)).not.toContain(shown.split('.')[2]);
  });

  it('revokes what was issued for an entry, which can get new SVIDs', async () => {
    const { entryId } = await addEntry();
    await newX509(entryId);
    await newJwt(entryId);
    expect(await revoke({ entry_id: entryId })).toMatchObject({ x509_svids: 1, jwt_svids: 1 });
    await newX509(entryId);
    expect(await revoke({ entry_id: entryId, dry_run: true })).toMatchObject({ x509_svids: 1 });
  });

  it('revokes a SPIFFE ID, and what is issued afterwards is told apart, also in the same second', async () => {
    const { entryId, path } = await addEntry();
    await newX509(entryId);
    const subject = { spiffe_id: `spiffe://example.org${path}` };
    expect(await revoke({ subject })).toMatchObject({ x509_svids: 1 });
    const [rule] = (await recorded(0)).slice(-1);
    const issuedUntil = Number(rule?.revocation?.subject?.issued_until);
    expect((await newX509(entryId)).notBefore + 10).toBeGreaterThan(issuedUntil);
    const { issuedAt = 0 } = parseJwtSvidInsecure(await newJwt(entryId));
    expect(issuedAt).toBeGreaterThan(issuedUntil);
  });

  it('deleting an entry revokes', async () => {
    const { entryId } = await addEntry();
    const svid = await newX509(entryId);
    await callUnary(local.entry, local.entry.BatchDeleteEntry, { ids: [entryId] });
    const last = (await recorded(0)).at(-1);
    expect(last).toMatchObject({ actor: 'entry deleted' });
    expect(last?.revocation?.x509_svid?.serial.toString('hex')).toBe(svid.serialHex);
  });

  it.each<[string, OperatorRevokeRequestInput, status, RegExp]>([
    ['nothing', {}, INVALID_ARGUMENT, /names nothing to revoke/],
    ['no serial', { x509_svid: { serial: '' } }, INVALID_ARGUMENT, /serial number/],
    ['serial 0', { x509_svid: { serial: '00' } }, INVALID_ARGUMENT, /serial number/],
    ['21 octets', { x509_svid: { serial: '01'.repeat(21) } }, INVALID_ARGUMENT, /serial number/],
    ['an unknown serial', { x509_svid: { serial: 'abcd' } }, NOT_FOUND, /no X509-SVID/],
    [
      'a serial of an authority that is not ours',
      { x509_svid: { serial: 'abcd', authority_id: 'ab'.repeat(20) } },
      NOT_FOUND,
      /no X509-SVID/,
    ],
    ['an unknown jti', { jwt_svid: { jti: 'x' } }, NOT_FOUND, /no JWT-SVID/],
    ['no jti', { jwt_svid: { jti: '' } }, INVALID_ARGUMENT, /jti/],
    ['a token that is none', { jwt_svid: { token: 'x' } }, INVALID_ARGUMENT, /token/],
    ['an unknown entry', { entry_id: 'x' }, NOT_FOUND, /entry not found/],
    ['an unknown agent', { agent_id: 'spiffe://example.org/spire/agent/x/y' }, NOT_FOUND, /agent not found/],
    ['an agent that is none', { agent_id: 'spiffe://example.org/x' }, INVALID_ARGUMENT, /agent/],
    [
      'a SPIFFE ID of another trust domain',
      { subject: { spiffe_id: 'spiffe://other.org/x' } },
      INVALID_ARGUMENT,
      /not of/,
    ],
    ['a trust domain', { subject: { spiffe_id: 'spiffe://example.org' } }, INVALID_ARGUMENT, /prefix/],
    ['no SPIFFE ID', { subject: { spiffe_id: 'x' } }, INVALID_ARGUMENT, /scheme/],
    ['the future', { issued_before: 4_000_000_000 }, INVALID_ARGUMENT, /future/],
    ['an unknown task', { task_id: 'x' }, NOT_FOUND, /task/],
    ['a long comment', { entry_id: 'x', comment: 'a'.repeat(257) }, INVALID_ARGUMENT, /comment/],
    ['a comment of two lines', { entry_id: 'x', comment: 'a\nb' }, INVALID_ARGUMENT, /comment/],
  ])('refuses %s', async (_, request, code, message) => {
    const failure = await failureOf(revoke(request));
    expect(failure.code).toBe(code);
    expect(failure.error.details).toMatch(message);
  });

  it('refuses a token of another trust domain, and a forged one', async () => {
    const other = await TestServer.start({ trustDomain: 'other.org' });
    try {
      const { svid } = await callUnary(other.local.svid, other.local.svid.MintJWTSVID, {
        id: { trust_domain: 'other.org', path: '/x' },
        audience: ['a'],
      });
      const forged = (await newJwt((await addEntry()).entryId)).slice(0, -8) + 'AAAAAAAA';
      for (const token of [svid?.token ?? '', forged]) {
        expect((await failureOf(revoke({ jwt_svid: { token } }))).code).toBe(INVALID_ARGUMENT);
      }
    } finally {
      await other[Symbol.asyncDispose]();
    }
  }, 60_000);

  it('is for operators only', async () => {
    const theirs = as.of<OperatorRevocationClient>(revocationService);
    const failure = await failureOf(callUnary(theirs, theirs.Revoke, { entry_id: 'x' }));
    expect(failure.code).toBe(PERMISSION_DENIED);
    expect((await failureOf(callUnary(theirs, theirs.ListRevocations, {}))).code).toBe(PERMISSION_DENIED);
  });

  it('lists by pages', async () => {
    const all = await recorded(0);
    const seen = [];
    let after = '0';
    do {
      const page = await callUnary(client, client.ListRevocations, { after, page_size: 2 });
      seen.push(...page.revocations);
      after = page.next_after;
    } while (after !== '0');
    expect(seen).toEqual(all);
    expect(all.length).toBeGreaterThan(4);
  });

  it('a revoked agent is refused on the connection that it has, until it has attested again', async () => {
    const other = await server.attestAgent();
    const { entryId } = await addEntry(other);
    const theirs = await server.connect(other);
    await newX509(entryId, theirs);
    expect(await revoke({ agent_id: other.uri })).toMatchObject({ x509_svids: 2 });
    const failure = await failureOf(newX509(entryId, theirs));
    expect(failure.code).toBe(PERMISSION_DENIED);
    await newX509((await addEntry()).entryId);
  });

  it('a burst of revocations is slowed down, not the rest of the server', async () => {
    const burst = Array.from({ length: 25 }, () => failureOf(revoke({ entry_id: 'flood' })));
    const begun = performance.now();
    await callUnary(local.entry, local.entry.CountEntries, {});
    expect(performance.now() - begun).toBeLessThan(1000);
    await Promise.all(burst);
  }, 20_000);

  it('nothing that is issued while its entry is deleted escapes', async () => {
    const handedOut: Certificate[] = [];
    let held = 0;
    for (let round = 0; round < 12; round++) {
      const { entryId } = await addEntry();
      let answered = 0;
      const issuing = Array.from({ length: 40 }, async () => {
        const params = [{ entry_id: entryId, csr }];
        const { results } = await callUnary(as.svid, as.svid.BatchNewX509SVID, { params });
        const der = results[0]?.svid?.cert_chain[0];
        if (der !== undefined) handedOut.push(parseCertificate(der));
        if (results[0]?.status?.code === (ABORTED as number)) held++;
        answered++;
      });
      // Some have left, some are under way.
      while (answered < 3 * round) await new Promise((resolve) => setImmediate(resolve));
      await callUnary(local.entry, local.entry.BatchDeleteEntry, { ids: [entryId] });
      await Promise.all(issuing);
    }
    const revoked = new Set<string>();
    for (let after = '0'; ;) {
      const page = await callUnary(client, client.ListRevocations, { after });
      for (const { revocation } of page.revocations) {
        const { serial, authority_key_id: keyId } = revocation?.x509_svid ?? {};
        if (serial !== undefined) revoked.add(`${keyId?.toString('hex')}/${serial.toString('hex')}`);
      }
      after = page.next_after;
      if (after === '0') break;
    }
    const escaped = handedOut.filter((svid) => {
      const authorityId = Buffer.from(svid.authorityKeyId ?? []).toString('hex');
      return !revoked.has(`${authorityId}/${svid.serialHex}`);
    });
    expect(escaped.map(({ serialHex }) => serialHex)).toEqual([]);
    // Both sides of the race were taken, or this shows nothing.
    expect([handedOut.length > 20, held > 0]).toEqual([true, true]);
  }, 60_000);

  it('revokes everything issued before a time: agents attest again, and the server has a new SVID', async () => {
    const time = Math.floor(Date.now() / 1000);
    const { x509_svids: hit } = await revoke({ issued_before: time });
    expect(hit).toBeGreaterThan(3);
    expect((await failureOf(newX509((await addEntry()).entryId))).code).toBe(PERMISSION_DENIED);
    const anew = await server.attestAgent();
    const clients = await server.connect(anew);
    await newX509((await addEntry(anew)).entryId, clients);
  }, 30_000);
});
