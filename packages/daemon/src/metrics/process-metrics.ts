import { readdir, readFile } from 'node:fs/promises';
import { openFileLimit } from '../listen/connection-limits.ts';

/**
 * What Prometheus' clients tell of every process, in its text format: dashboards and alerts for "a process" read these.
 *
 * @spec Prometheus, writing client libraries: process metrics
 */
export async function processMetricsText(): Promise<string> {
  const { user, system } = process.cpuUsage();
  const [files, status] = await Promise.all([
    readdir('/proc/self/fd'),
    readFile('/proc/self/status', 'latin1'),
  ]);
  const startedAt = Date.now() / 1000 - process.uptime();
  return [
    metric('process_cpu_seconds_total', 'counter', (user + system) / 1e6),
    metric('process_open_fds', 'gauge', files.length),
    metric('process_max_fds', 'gauge', openFileLimit()),
    metric('process_resident_memory_bytes', 'gauge', process.memoryUsage.rss()),
    metric('process_virtual_memory_bytes', 'gauge', kilobytes(status, 'VmSize') * 1024),
    metric('process_start_time_seconds', 'gauge', Math.round(startedAt * 100) / 100),
  ].join('\n');
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+([0-9]+) kB$`, 'm').exec(status)?.[1] ?? 0);
}

function metric(name: string, kind: 'counter' | 'gauge', value: number): string {
  return `# HELP ${name} ${name}\n# TYPE ${name} ${kind}\n${name} ${value}\n`;
}
