/** Bounds the memory that texts no longer in use can hold. */
const MAX_INTERNED = 100_000;

/**
 * Makes a value once per text and gives the same one again: thousands of entries share their parent and selectors.
 */
export class Interned<Value> {
  readonly #make: (text: string) => Value;
  readonly #values = new Map<string, Value>();

  constructor(make: (text: string) => Value) {
    this.#make = make;
  }

  /** The value of that text. */
  get(text: string): Value {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    if (this.#values.size >= MAX_INTERNED) this.#values.clear();
    const value = this.#make(text);
    this.#values.set(text, value);
    return value;
  }
}
