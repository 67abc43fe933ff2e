import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { packageDefinition, PROTO_ROOT } from './definitions.ts';
import * as services from './services.ts';

const paths = Object.values(services).flatMap((service) =>
  Object.values(service as Record<string, { path: string }>).map(({ path }) => path),
);

describe('the services', () => {
  it('are all that the definitions hold', () => {
    const defined = Object.entries(packageDefinition)
      .filter(([, definition]) => !('format' in definition))
      .flatMap(([name, definition]) => Object.keys(definition).map((method) => `/${name}/${method}`));
    expect([...paths].sort()).toEqual(defined.sort());
  });

  it('keep the method path of the Workload API without a package', () => {
    expect(paths).toContain('/SpiffeWorkloadAPI/FetchX509SVID');
  });

  it('load every file below proto/', () => {
    const files = readdirSync(PROTO_ROOT, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.proto'),
    );
    expect(files.length).toBeGreaterThan(30);
  });

  it('keep 64-bit integers exact', () => {
    // In a process of its own: protobufjs finds its 64-bit library with a require that Jest's modules do not have.
    const script = `
      import { packageDefinition } from '${new URL('./definitions.ts', import.meta.url).href}';
      const codec = packageDefinition['spire.api.types.Bundle'];
      console.log(codec.deserialize(codec.serialize({ sequence_number: '9007199254740993' })).sequence_number);`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe('9007199254740993');
  });
});
