import { describe, expect, it } from '@jest/globals';
import { Places } from './places.ts';

function scene() {
  const places = new Places<string>({ total: 3, perKey: 2 });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const start = (name: string): Promise<void> =>
    places.run(name[0]!, () => {
      begun.push(name);
      return new Promise((resolve) => ends.push(resolve));
    });
  return { begun, ends, start };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('Places', () => {
  it('keeps a place for others while the work of one key does not end', async () => {
    const { begun, start } = scene();
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) void start(name);
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'b1']);
  });

  it('gives a place that is left to the first who may have it', async () => {
    const { begun, ends, start } = scene();
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'a4']) void start(name);
    ends[2]!();
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
    ends[0]!();
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
    for (const end of ends) end();
    await settled();
    expect(begun.at(-1)).toBe('a4');
  });

  it('goes on after work that fails', async () => {
    const places = new Places<string>({ total: 1, perKey: 1 });
    await expect(places.run('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(places.run('a', () => Promise.resolve(1))).resolves.toBe(1);
  });
});
