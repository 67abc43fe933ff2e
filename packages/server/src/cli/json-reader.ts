import { ConfigError, nearestName } from '@signet/core';

/**
 * Reads values from JSON that an operator wrote. What is absent or null has its zero value; a value of another type is
 * refused by its path, and keys match in any case, as Go reads JSON.
 */
export class JsonReader {
  readonly #members: ReadonlyMap<string, unknown>;
  readonly #path: string;

  private constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrongType(path, 'an object');
    this.#members = new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]));
    this.#path = path;
  }

  /** @throws {ConfigError} `ERR_CONFIG_FILE` when it is not one JSON object. */
  static parse(text: string): JsonReader {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const reason = text.trim() === '' ? 'unexpected end of JSON input' : (error as SyntaxError).message;
      throw new ConfigError('ERR_CONFIG_FILE', reason, { cause: error });
    }
    return new JsonReader(value, '');
  }

  /** The reader itself. @throws {ConfigError} `ERR_CONFIG_FILE` when there is a key besides these. */
  only(known: readonly string[]): this {
    const names = new Set(known.map((key) => key.toLowerCase()));
    for (const key of this.#members.keys())
      if (!names.has(key)) throw unknownKey(this.#pathOf(key), key, known);
    return this;
  }

  text(key: string): string {
    return this.#read(key, '', 'text', (value) => typeof value === 'string');
  }

  flag(key: string): boolean {
    return this.#read(key, false, 'true or false', (value) => typeof value === 'boolean');
  }

  integer(key: string): number {
    return this.#read(key, 0, 'an integer', (value) => Number.isSafeInteger(value));
  }

  texts(key: string): string[] {
    const isTexts = (value: unknown): boolean =>
      Array.isArray(value) && value.every((item) => typeof item === 'string');
    return this.#read<string[]>(key, [], 'a list of texts', isTexts);
  }

  list(key: string): JsonReader[] {
    const values = this.#read<unknown[]>(key, [], 'a list', Array.isArray);
    return values.map((value, index) => new JsonReader(value, `${this.#pathOf(key)}[${index}]`));
  }

  /** An object, or undefined when there is none. */
  member(key: string): JsonReader | undefined {
    const value = this.#members.get(key.toLowerCase());
    return value === undefined || value === null ? undefined : new JsonReader(value, this.#pathOf(key));
  }

  #pathOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  #read<T>(key: string, zero: T, type: string, isType: (value: unknown) => boolean): T {
    const value = this.#members.get(key.toLowerCase());
    if (value === undefined || value === null) return zero;
    if (!isType(value)) throw wrongType(this.#pathOf(key), type);
    return value as T;
  }
}

function wrongType(path: string, type: string): ConfigError {
  return new ConfigError('ERR_CONFIG_FILE', `json: ${path === '' ? 'the whole' : path} must be ${type}`);
}

function unknownKey(path: string, key: string, known: readonly string[]): ConfigError {
  const nearest = nearestName(key, known);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return new ConfigError('ERR_CONFIG_FILE', `json: unknown key ${path}${hint}`);
}
