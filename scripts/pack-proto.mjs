// Has a copy of proto/ beside the code of @signet/api while that is packed, as it would be beside it where it is installed.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../proto', import.meta.url));
const copy = fileURLToPath(new URL('../packages/api/proto', import.meta.url));

rmSync(copy, { recursive: true, force: true });
if (process.argv[2] === 'copy') cpSync(source, copy, { recursive: true });
