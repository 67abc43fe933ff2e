/** Counts checks, and prints them as they come. */
export class Score {
  passed = 0;
  failed = 0;
  skipped = 0;

  heading(text: string): void {
    console.log(`\n# ${text}`);
  }

  pass(name: string): void {
    this.passed++;
    console.log(`ok ${name}`);
  }

  fail(name: string, reason: string): void {
    this.failed++;
    console.log(`not ok ${name}: ${reason}`);
  }

  skip(name: string, reason: string): void {
    this.skipped++;
    console.log(`skipped ${name}: ${reason}`);
  }

  /** Counts the `ok NAME` and `not ok NAME: REASON` lines of a program's output. */
  read(output: string): void {
    for (const line of output.split('\n')) {
      if (line.startsWith('ok ')) this.pass(line.slice(3));
      else if (line.startsWith('not ok ')) this.fail(line.slice(7), 'see above');
    }
  }

  /** Counts a check that passes when its action does not reject. */
  async check(name: string, action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.pass(name);
    } catch (error) {
      this.fail(name, error instanceof Error ? error.message : String(error));
    }
  }

  print(): void {
    const skipped = this.skipped === 0 ? '' : `, ${this.skipped} skipped`;
    console.log(`\n${this.passed} passed, ${this.failed} failed${skipped}`);
  }
}
