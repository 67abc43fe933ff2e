import { openSync } from 'node:fs';
import { ConfigError } from '@signet/core';
import { destination } from 'pino';
import { systemReason } from '../process/system-reason.ts';

/** Where formatted lines go. */
export interface LogDestination {
  write(line: string): void;
  /** Opens the file again, after it was moved away. */
  reopen(): void;
  /** Writes what is buffered, now. */
  flush(): void;
  close(): void;
}

const FILE_MODE = 0o640;
const STDOUT = 1;
// Beyond this, lines are dropped rather than memory filled by a disk that stands still.
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

function openFile(file: string): number {
  try {
    return openSync(file, 'a', FILE_MODE);
  } catch (cause) {
    throw new ConfigError(
      'ERR_CONFIG_FILE',
      `cannot open log file ${file} (log_file): ${systemReason(cause)}`,
      { cause },
    );
  }
}

function openStream(file: string | undefined): ReturnType<typeof destination> {
  // Open from the first line on, so that a start that fails can still be read about.
  const dest = file === undefined ? STDOUT : openFile(file);
  const stream = destination({ dest, sync: false, maxLength: MAX_BUFFERED_BYTES });
  // A full disk or a closed pipe must not end the program.
  stream.on('error', () => undefined);
  return stream;
}

/**
 * Appends to a file (made with mode 0640) or, without one, to standard output; buffered, never waiting for the disk.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` when the file cannot be opened.
 */
export function openLogDestination(file?: string): LogDestination {
  let stream = openStream(file);
  return {
    write: (line) => void stream.write(line),
    reopen: () => {
      if (file === undefined) return;
      const before = stream;
      stream = openStream(file);
      before.end();
    },
    flush: () => {
      try {
        stream.flushSync();
      } catch {
        // The disk is full or the pipe closed: nothing more can be done for these lines.
      }
    },
    close: () => stream.end(),
  };
}
