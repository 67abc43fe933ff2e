import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ProcessFiles } from './process-files.ts';

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

describe('ProcessFiles', () => {
  it('tells what the files say now, each time', async () => {
    const child = spawn('/bin/sh', ['-c', 'read line; exec sleep 60'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const files = new ProcessFiles(child.pid!);
    while (!files.stat().startsWith(`${child.pid} (sh) S`))
      await new Promise((resolve) => setImmediate(resolve));
    expect(files.status()).toBe(readFileSync(`/proc/${child.pid}/status`, 'latin1'));
    child.stdin.end('\n');
    while (!files.stat().startsWith(`${child.pid} (sleep)`))
      await new Promise((resolve) => setImmediate(resolve));
    expect(files.status()).toContain('Name:\tsleep');
    child.kill();
    await once(child, 'exit');
    expect(() => files.stat()).toThrow(/ESRCH/);
    expect(() => files.status()).toThrow(/ESRCH/);
    files.close();
  });

  it('reads texts of any length', async () => {
    const groups = Array.from({ length: 4_000 }, (_, i) => 1_000_000 + i);
    const script = `process.setgroups(${JSON.stringify(groups)}); console.log('ready'); process.stdin.resume()`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const files = new ProcessFiles(child.pid!);
    const line = /^Groups:\t(.*)$/m.exec(files.status())?.[1] ?? '';
    expect(line.trim().split(' ').map(Number)).toEqual(groups);
    files.close();
    child.kill();
  });

  it('leaves nothing open', () => {
    const before = openFiles();
    const files = new ProcessFiles(process.pid);
    files.stat();
    files.stat();
    files.status();
    expect(openFiles()).toBe(before + 2);
    files.close();
    files.close();
    expect(openFiles()).toBe(before);
    expect(() => files.stat()).toThrow();
    expect(openFiles()).toBe(before);
  });
});
