import { createServer, type AddressInfo } from 'node:net';
import { parseTrustDomain } from '@signet/core';
import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { noMetrics } from '../metrics/metrics.ts';
import { openMonitoring, type Monitoring, type MonitoringOptions } from './open-monitoring.ts';

const plain: MonitoringOptions = {
  prefix: 'spire_server',
  version: '1.2.3',
  trustDomain: parseTrustDomain('example.org'),
  logger: silentLogger,
  metricLabels: { trustDomain: false, host: false },
};
const opened: Monitoring[] = [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function open(settings: Partial<MonitoringOptions>): Promise<Monitoring> {
  const monitoring = await openMonitoring({ ...plain, ...settings });
  opened.push(monitoring);
  return monitoring;
}

const at = (port: number) => ({ host: '127.0.0.1', port });
const paths = { livePath: '/live', readyPath: '/ready' };

afterEach(async () => {
  for (const monitoring of opened.splice(0)) await monitoring.close();
});

describe('monitoring', () => {
  it('measures nothing when nobody can ask', async () => {
    expect((await open({})).metrics).toBe(noMetrics);
  });

  it('says who started and since when', async () => {
    const port = await freePort();
    await open({ prometheus: at(port) });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('spire_server_started{version="1_2_3",trust_domain_id="example_org"} 1');
    expect(text).toMatch(/^spire_server_uptime_in_ms \d+$/m);
  });

  it('tells of the process what Prometheus clients tell of theirs', async () => {
    const port = await freePort();
    await open({ prometheus: at(port) });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(2 ** 24);
    expect(value('process_virtual_memory_bytes')).toBeGreaterThan(value('process_resident_memory_bytes'));
    expect(value('process_open_fds')).toBeGreaterThan(3);
    expect(value('process_max_fds')).toBeGreaterThan(value('process_open_fds'));
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(Math.abs(value('process_start_time_seconds') + process.uptime() - Date.now() / 1000)).toBeLessThan(
      1,
    );
  });

  it('is not healthy before it is started', async () => {
    const port = await freePort();
    const { health } = await open({ health: { ...at(port), ...paths } });
    health.add('server', () => ({ live: true, ready: true }));
    expect((await fetch(`http://127.0.0.1:${port}/live`)).status).toBe(500);
    await health.check();
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  });

  it.each([
    ['health', 'set another health_checks.bind_port'],
    ['prometheus', 'set another telemetry.Prometheus.port'],
  ] as const)('names the key of a port of %s that is taken, and leaves nothing open', async (kind, text) => {
    const [free, taken] = [await freePort(), await freePort()];
    await open({ prometheus: at(taken) });
    const settings =
      kind === 'health'
        ? { prometheus: at(free), health: { ...at(taken), ...paths } }
        : { prometheus: at(taken), health: { ...at(free), ...paths } };
    await expect(open(settings)).rejects.toMatchObject({
      code: 'ERR_LISTEN_ADDRESS',
      message: expect.stringContaining(text),
    });
    await expect(fetch(`http://127.0.0.1:${free}/`)).rejects.toThrow();
  });
});
