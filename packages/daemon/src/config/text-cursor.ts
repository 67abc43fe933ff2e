import type { Position } from './hcl-value.ts';

/** A place in a text that knows its line and column. Reading past the end gives ''. */
export class TextCursor {
  readonly text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.text = text;
    if (text.startsWith('\uFEFF')) this.#offset = this.#lineStart = 1;
  }

  get offset(): number {
    return this.#offset;
  }

  get atEnd(): boolean {
    return this.#offset >= this.text.length;
  }

  get position(): Position {
    return { line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }

  /** The character `ahead` places on, without moving. */
  peek(ahead: number = 0): string {
    return this.text.charAt(this.#offset + ahead);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.#offset);
  }

  /** Moves on by one character and returns it. */
  next(): string {
    const character = this.text.charAt(this.#offset);
    this.#offset += 1;
    if (character === '\n') {
      this.#line += 1;
      this.#lineStart = this.#offset;
    }
    return character;
  }

  skip(count: number): void {
    for (let index = 0; index < count; index += 1) this.next();
  }

  /** Moves on while the test holds and returns what was passed. */
  takeWhile(test: (character: string) => boolean): string {
    const start = this.#offset;
    while (!this.atEnd && test(this.peek())) this.next();
    return this.text.slice(start, this.#offset);
  }
}
