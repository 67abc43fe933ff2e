import type { Random } from './random.ts';

const MOST_REPEATED = 32 * 1024;

/** A change of text: characters, tokens of a language, parts of itself; once in a while one that makes it long. */
export function mutateText(text: string, tokens: readonly string[], random: Random): string {
  let mutated = text;
  for (let left = 1 + random.below(3); left > 0; left--) mutated = change(mutated, tokens, random);
  return random.onceIn(2_000) ? repeatPart(mutated, random) : mutated;
}

function change(text: string, tokens: readonly string[], random: Random): string {
  const at = random.below(text.length + 1);
  const length = random.below(random.onceIn(4) ? 64 : 4);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + length);
    case 1:
      return text.slice(0, at) + random.pick(tokens) + text.slice(at);
    case 2:
      return text.slice(0, at) + random.pick(tokens) + text.slice(at + 1 + length);
    case 3:
      return (
        text.slice(0, at) +
        String.fromCharCode(random.below(random.onceIn(4) ? 0x10000 : 0x80)) +
        text.slice(at + 1)
      );
    case 4:
      return text.slice(0, at + length) + text.slice(at);
    default: {
      const from = random.below(text.length);
      return text.slice(0, at) + text.slice(from, from + length) + text.slice(at + length);
    }
  }
}

function repeatPart(text: string, random: Random): string {
  const at = random.below(text.length);
  const part = text.slice(at, at + 1 + random.below(16));
  const times = Math.floor(random.below(MOST_REPEATED) / Math.max(1, part.length));
  return text.slice(0, at) + part.repeat(times) + text.slice(at);
}
