import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { createMetrics } from './create-metrics.ts';
import { labelValue, rpcMetricKey } from './metric-name.ts';
import { startPrometheusListener } from './prometheus-listener.ts';

const plain = { prefix: 'spire_server', hostLabel: false, runtime: false } as const;

describe('names', () => {
  it.each([
    ['/spire.api.server.agent.v1.Agent/AttestAgent', 'rpc_agent_v1_agent_attest_agent'],
    ['/spire.api.server.svid.v1.SVID/BatchNewX509SVID', 'rpc_svid_v1_svid_batch_new_x509svid'],
    ['/SpiffeWorkloadAPI/FetchX509SVID', 'rpc_workload_api_fetch_x509svid'],
    ['/SpiffeWorkloadAPI/FetchX509Bundles', 'rpc_workload_api_fetch_x509_bundles'],
    ['/envoy.service.secret.v3.SecretDiscoveryService/StreamSecrets', 'rpc_sds_v3_stream_secrets'],
    ['/grpc.health.v1.Health/Check', 'rpc_health_check'],
  ])('%s', async (path, name) => {
    const metrics = createMetrics(plain);
    metrics.callCounter(rpcMetricKey(path)).observe(0, 1);
    expect(await metrics.expose()).toContain(`spire_server_${name}{status="OK"} 1`);
  });

  it.each([
    ['1.15.3', '1_15_3'],
    ['example.org', 'example_org'],
    ['a-_b', 'a_b'],
    ['plain', 'plain'],
  ])('the label value %s', (value, expected) => {
    expect(labelValue(value)).toBe(expected);
  });
});

describe('metrics', () => {
  it('count calls and their time by status', async () => {
    const metrics = createMetrics(plain);
    const calls = metrics.callCounter(['entry', 'cache', 'reload'], { kind: 'full' });
    calls.observe(0, 4);
    calls.observe(0, 8);
    calls.observe(5, 1);
    const text = await metrics.expose();
    expect(text).toContain('# TYPE spire_server_entry_cache_reload counter');
    expect(text).toContain('spire_server_entry_cache_reload{kind="full",status="OK"} 2');
    expect(text).toContain('spire_server_entry_cache_reload{kind="full",status="NotFound"} 1');
    expect(text).toContain('# TYPE spire_server_entry_cache_reload_elapsed_time summary');
    expect(text).toContain('spire_server_entry_cache_reload_elapsed_time_sum{kind="full",status="OK"} 12');
    expect(text).toMatch(/elapsed_time\{quantile="0.5",kind="full",status="OK"\} /);
  });

  it('count a call once, however often it ends', async () => {
    const metrics = createMetrics(plain);
    const end = metrics.callCounter(['x']).start();
    end(0);
    end(13);
    const text = await metrics.expose();
    expect(text).toContain('spire_server_x{status="OK"} 1');
    expect(text).not.toContain('Internal');
  });

  it('add, set and sample', async () => {
    const metrics = createMetrics(plain);
    metrics.count(['server_ca', 'sign', 'x509_svid']);
    metrics.count(['server_ca', 'sign', 'x509_svid'], 4);
    metrics.gauge(['started'], 1, { version: '1.15.3' });
    metrics.gauge(['started'], 2, { version: '1.15.3' });
    metrics.sample(['cache_manager', 'expiring_svids'], 3);
    const text = await metrics.expose();
    expect(text).toContain('spire_server_server_ca_sign_x509_svid 5');
    expect(text).toContain('spire_server_started{version="1_15_3"} 2');
    expect(text).toContain('spire_server_cache_manager_expiring_svids_count 1');
  });

  it('carry host and trust domain', async () => {
    const metrics = createMetrics({ prefix: 'spire_agent', trustDomain: 'example.org', runtime: false });
    metrics.count(['x']);
    expect(await metrics.expose()).toContain(
      `spire_agent_x{host="${labelValue(hostname())}",trust_domain="example_org"} 1`,
    );
  });

  it('stay bounded whatever the labels (T61)', async () => {
    const metrics = createMetrics(plain);
    for (let index = 0; index < 10_000; index += 1) metrics.count(['x'], 1, { attestor: `a${index}` });
    const series = (await metrics.expose()).split('\n').filter((line) => line.startsWith('spire_server_x{'));
    expect(series).toHaveLength(257);
    expect(series.at(-1)).toBe('spire_server_x{attestor="other"} 9744');
  });

  it('measure the runtime under the names of SPIRE', async () => {
    const metrics = createMetrics({ prefix: 'spire_server', hostLabel: false });
    const text = await metrics.expose();
    metrics.close();
    expect(text).toMatch(/spire_server_runtime_alloc_bytes [1-9]/);
    expect(text).toMatch(/spire_server_runtime_sys_bytes [1-9]/);
  });
});

it('are read over HTTP under any path, by GET only', async () => {
  const metrics = createMetrics(plain);
  metrics.count(['x']);
  const listener = await startPrometheusListener({
    host: '127.0.0.1',
    port: 0,
    metrics,
    logger: silentLogger,
  });
  const url = `http://127.0.0.1:${listener.port}/metrics`;
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect(await answer.text()).toContain('spire_server_x 1');
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  await listener.close();
});

it('an address in use is an error', async () => {
  const options = { host: '127.0.0.1', metrics: createMetrics(plain), logger: silentLogger };
  const listener = await startPrometheusListener({ ...options, port: 0 });
  await expect(startPrometheusListener({ ...options, port: listener.port })).rejects.toMatchObject({
    code: 'ERR_LISTEN_ADDRESS',
  });
  await listener.close();
});
