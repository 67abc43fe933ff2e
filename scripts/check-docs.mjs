// Every path of this repository that a document names must exist, and so must the target of every relative link; and the
// reference of the configuration must say what the schemas say.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configurationReference, DOCUMENT } from './configuration-reference.mjs';

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
const isCurrent = existsSync(DOCUMENT) && readFileSync(DOCUMENT, 'utf8') === (await configurationReference());
const outdated = isCurrent
  ? []
  : [
      `${DOCUMENT} is not what the schemas say: node --conditions=@signet/source scripts/configuration-reference.mjs --write`,
    ];
const faults = [...missing, ...outdated];
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
