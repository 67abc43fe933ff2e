const SPECIAL_NAMES = '*#$@!?-0123456789';

function isNameCharacter(character: string): boolean {
  return /^[A-Za-z0-9_]$/.test(character);
}

/** The variable that starts after the `$` at `dollar`, and how many characters it takes. */
function readName(text: string, dollar: number): { readonly name: string; readonly length: number } {
  const first = text.charAt(dollar + 1);
  if (first === '{') {
    const end = text.indexOf('}', dollar + 2);
    return end < 0
      ? { name: '', length: 2 }
      : { name: text.slice(dollar + 2, end), length: end - dollar + 1 };
  }
  if (first !== '' && SPECIAL_NAMES.includes(first)) return { name: first, length: 2 };
  let end = dollar + 1;
  while (end < text.length && isNameCharacter(text.charAt(end))) end += 1;
  return { name: text.slice(dollar + 1, end), length: end - dollar };
}

function valueOf(name: string, env: Readonly<Record<string, string | undefined>>): string {
  if (name === '$') return '$';
  return Object.hasOwn(env, name) ? (env[name] ?? '') : '';
}

/**
 * Replaces `$VAR` and `${VAR}` by the environment's values, as Go's `os.Expand` does.
 *
 * A variable that is not set becomes empty; `$$` becomes `$`; a `$` before anything else stays.
 */
export function expandEnv(text: string, env: Readonly<Record<string, string | undefined>>): string {
  let expanded = '';
  let from = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', from)) {
    const { name, length } = readName(text, dollar);
    expanded += text.slice(from, dollar);
    expanded += name === '' && length === 1 ? '$' : valueOf(name, env);
    from = dollar + length;
  }
  return expanded + text.slice(from);
}
