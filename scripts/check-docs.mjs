// Every path of this repository that a document names must exist, and so must the target of every relative link.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' }).trim().split('\n');
const missing = documents
  .filter((document) => existsSync(document))
  .flatMap((document) => {
    const text = readFileSync(document, 'utf8');
    const named = [
      ...text.matchAll(/`((?:packages|proto|scripts|test|bench|docs|bin|conf)\/[\w./@-]+)`/g),
    ].map((match) => match[1]);
    const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) =>
      join(dirname(document), match[1]),
    );
    return [...named, ...linked]
      .filter((path) => !existsSync(path))
      .map((path) => `${document}: ${path} does not exist`);
  });
if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exit(1);
}
