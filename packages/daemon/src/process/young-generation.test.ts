import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const SOURCE = new URL('young-generation.ts', import.meta.url).href;

/** Megabytes of a program's young generation after it has made many objects. */
function youngGenerationAfterLoad(prepare: string, options: readonly string[] = []): number {
  const script = `
    const { keepYoungGenerationSmall } = await import(${JSON.stringify(SOURCE)});
    ${prepare};
    let kept = [];
    for (let i = 0; i < 3e6; i++) {
      kept.push({ i, more: [i] });
      if (kept.length > 50_000) kept = [];
    }
    const spaces = (await import('node:v8')).getHeapSpaceStatistics();
    console.log(spaces.find(({ space_name }) => space_name === 'new_space').physical_space_size);`;
  const args = [...options, '--no-warnings', '--input-type=module', '-e', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' })) / 2 ** 20;
}

describe('keepYoungGenerationSmall', () => {
  it('keeps a busy program from spreading', () => {
    expect(youngGenerationAfterLoad('')).toBeGreaterThan(16);
    expect(youngGenerationAfterLoad('keepYoungGenerationSmall()')).toBeLessThan(16);
  });

  it('leaves it to the operator who chose a size', () => {
    const options = ['--max-semi-space-size=32'];
    expect(youngGenerationAfterLoad('keepYoungGenerationSmall()', options)).toBeGreaterThan(16);
  });
});
