import { cpuUsage } from 'node:process';

/** Processor time that a call takes, in milliseconds. Not by the clock: others may be using the machine. */
export function cpuMilliseconds(run: () => void): number {
  const begin = cpuUsage();
  run();
  const { user, system } = cpuUsage(begin);
  return (user + system) / 1000;
}
