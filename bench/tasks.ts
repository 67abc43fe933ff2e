// How soon what was issued in a task is refused everywhere once the task has ended, however it ends: by itself, with its
// process, with its agent, while the server is gone, while clocks are set, without a network. Exits 1 if a goal is missed.
//
//   node bench/tasks.ts [--tasks N] [--batch N] [--only CAUSE]
//
// Clocks are stepped where libfaketime is: LIBFAKETIME names it, or it is where Debian puts it.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CAUSES } from '../test/driver/causes.ts';
import { driveTasks, HEADING, isMet } from '../test/driver/drive-tasks.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '1000' },
    batch: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
  },
});
const libraries = [
  process.env['LIBFAKETIME'] ?? '',
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];

console.log(HEADING);
const report = await driveTasks({
  tasks: Number(values.tasks),
  batch: Number(values.batch),
  causes: CAUSES.map(({ name }) => name).filter((name) => name.includes(values.only)),
  faketime: libraries.find((library) => existsSync(library)),
  say: (text) => console.log(text),
});
const { causes, acceptedAfterRestart, unexpired, skipped } = report;
if (skipped.length > 0) console.log(`Not driven, for there is no libfaketime: ${skipped.join(', ')}.`);
console.log(
  `After a restart of everything ${acceptedAfterRestart.length} of what had ended was accepted; ${unexpired} certificates had not expired by themselves.`,
);
for (const each of acceptedAfterRestart.slice(0, 5)) console.log(`  ${each}`);
process.exitCode = causes.every(isMet) && acceptedAfterRestart.length === 0 ? 0 : 1;
