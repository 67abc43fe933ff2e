// Gives changed inputs to every parser of what others write, and asks that each is refused with an error of ours, or
// accepted and written again as it was, and never slowly.
//
//   pnpm fuzz [--runs N] [--seed N] [TARGET ...]
//
// A finding prints what makes it again: the target, the seed and the number of the input.
import { parseArgs } from 'node:util';
import { jsonTargets } from './json-targets.ts';
import { Random } from './random.ts';
import type { FuzzInput, Target } from './target.ts';
import { textTargets } from './text-targets.ts';
import { tokenTargets } from './token-targets.ts';
import { x509Targets } from './x509-targets.ts';

const RUNS = '1000000';
const SEED = '20261123';
const SLOW_MS = 50;
/** From here on a try is made again, by the processor's time: what the machine does beside does not count. */
const CURIOUS_MS = 5;
const TRIES = 3;
const MOST_FINDINGS = 5;
const SHOWN_BYTES = 2_000;

const TARGETS = [...x509Targets, ...tokenTargets, ...jsonTargets, ...textTargets];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: RUNS }, seed: { type: 'string', default: SEED } },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
const unknown = positionals.filter((name) => !TARGETS.some((target) => target.name === name));
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  console.error(
    `usage: pnpm fuzz [--runs N] [--seed N] [${TARGETS.map(({ name }) => name).join(' | ')}] ...`,
  );
  process.exit(2);
}
console.log(`seed ${seed}, ${runs} inputs for each parser`);
const chosen = TARGETS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const findings = chosen.reduce((sum, target) => sum + fuzz(target), 0);
console.log(`${chosen.length} parsers, ${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;

/** @returns how many findings there were. */
function fuzz(target: Target): number {
  const random = new Random(seed);
  const start = performance.now();
  const tally = { accepted: 0, slowestMs: 0, longest: 0 };
  let found = 0;
  for (let run = 0; run < runs && found < MOST_FINDINGS; run++) {
    const input = target.make(random);
    const outcome = tryInput(target, input);
    tally.longest = Math.max(tally.longest, input.length);
    tally.slowestMs = Math.max(tally.slowestMs, outcome.ms);
    tally.accepted += outcome.isAccepted ? 1 : 0;
    if (outcome.problem === undefined) continue;
    found += 1;
    report(target, run, input, outcome.problem);
  }
  const seconds = (performance.now() - start) / 1000;
  const share = ((100 * tally.accepted) / runs).toFixed(1);
  const figures = [
    `${share} % accepted`,
    `longest ${tally.longest}`,
    `slowest ${tally.slowestMs.toFixed(1)} ms`,
  ];
  console.log(`${target.name}: ${[...figures, `${seconds.toFixed(0)} s`, `${found} findings`].join(', ')}`);
  return found;
}

interface Outcome {
  readonly isAccepted: boolean;
  readonly ms: number;
  readonly problem: string | undefined;
}

function tryInput(target: Target, input: FuzzInput): Outcome {
  const start = performance.now();
  try {
    const isAccepted = target.check(input as never);
    let ms = performance.now() - start;
    for (let left = TRIES; left > 0 && ms > CURIOUS_MS; left--) ms = Math.min(ms, timeOf(target, input));
    return { isAccepted, ms, problem: ms > SLOW_MS ? `took ${ms.toFixed(0)} ms` : undefined };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isAccepted: false, ms: 0, problem: text.split('\n').slice(0, 6).join('\n') };
  }
}

function timeOf(target: Target, input: FuzzInput): number {
  const before = process.cpuUsage();
  target.check(input as never);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function report({ name }: Target, run: number, input: FuzzInput, problem: string): void {
  const shown = typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input).toString('base64');
  console.log(`FINDING in ${name}, seed ${seed}, input ${run}: ${problem}\n  ${shown.slice(0, SHOWN_BYTES)}`);
}
