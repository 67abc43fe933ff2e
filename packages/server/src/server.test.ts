import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callUnary } from '../../../test/kit/grpc-call.ts';
import { freePort } from '../../../test/kit/free-port.ts';
import { TestServer } from '../../../test/kit/test-server.ts';

describe('A running server', () => {
  let server: TestServer;
  let healthPort: number;
  let metricsPort: number;

  beforeAll(async () => {
    [healthPort, metricsPort] = [await freePort(), await freePort()];
    server = await TestServer.start({
      blocks: `
        health_checks { listener_enabled = true, bind_address = "127.0.0.1", bind_port = ${healthPort} }
        telemetry { Prometheus { host = "127.0.0.1", port = ${metricsPort} } }`,
    });
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(['live', 'ready'])('tells over HTTP that it is %s, by subsystem', async (path) => {
    const answer = await untilOk(`http://127.0.0.1:${healthPort}/${path}`);
    expect(await answer.json()).toEqual({
      'catalog.datastore': {},
      server: {},
      'server.ca': {},
      'server.ca.rotator': {},
      'server.ledger': {},
      'server.revocations': {},
      'server.crls': {},
    });
  });

  it('counts calls under the names of SPIRE', async () => {
    await callUnary(server.local.entry, server.local.entry.CountEntries, {});
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(text).toMatch(/^spire_server_rpc_entry_v1_entry_count_entries\{[^}]*status="OK"[^}]*\} 1$/m);
    expect(text).toMatch(
      /^spire_server_rpc_entry_v1_entry_count_entries_elapsed_time_count\{[^}]*status="OK"[^}]*\} 1$/m,
    );
    expect(text).toMatch(/^spire_server_started\{.*version="0_1_0".*\} 1$/m);
    expect(text).toMatch(/^spire_server_uptime_in_ms\{/m);
  });

  it('says twice that it starts its APIs', () => {
    const lines = server.log.filter(({ msg }) => msg === 'Starting Server APIs');
    expect(lines.map(({ network }) => network)).toEqual(['tcp', 'unix']);
  });

  it('has a bundle of one X.509 and one JWT authority', async () => {
    const bundle = await callUnary(server.local.bundle, server.local.bundle.GetBundle, {});
    expect([bundle.x509_authorities.length, bundle.jwt_authorities.length]).toEqual([1, 1]);
  });
});

async function untilOk(url: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(url);
    if (answer.ok) return answer;
    await answer.body?.cancel();
  }
}
