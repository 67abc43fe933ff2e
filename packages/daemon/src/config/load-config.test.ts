import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { loadConfig } from './load-config.ts';
import type { ReadConfigOptions } from './read-config.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const folder = temporaryFolder();
const file = join(folder, 'server.conf');
writeFileSync(file, 'a = 1');
const big = join(folder, 'big.conf');
writeFileSync(big, ' '.repeat(1024 * 1024 + 1));

const source = { overrides: [], expandEnv: false, env: { A: 'b' } };
const parse = (text: string, options: ReadConfigOptions): unknown => ({ text, options });

it('gives the text and what the command line said', async () => {
  const overrides = [{ flag: 'dataDir', key: 'data_dir', value: '/d' }];
  expect(await loadConfig({ ...source, path: file, overrides }, parse)).toEqual({
    text: 'a = 1',
    options: { source: file, overrides },
  });
  expect(await loadConfig({ ...source, path: file, expandEnv: true }, parse)).toMatchObject({
    options: { env: { A: 'b' } },
  });
});

it.each([
  [
    'that is not there',
    'conf/none/server.conf',
    `could not read configuration file ${process.cwd()}/conf/none/server.conf: no such file or directory; name the file with -config`,
  ],
  ['that is a folder', folder, `could not read configuration file ${folder}: is a directory`],
  ['that is too large', big, `configuration file ${big} is larger than 1048576 bytes`],
])('refuses a file %s', async (_name, path, message) => {
  await expect(loadConfig({ ...source, path }, parse)).rejects.toMatchObject({
    code: 'ERR_CONFIG_FILE',
    message,
  });
});
