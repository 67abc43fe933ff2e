import { ConfigError, SignetError } from '@signet/core';
import { type CommandIo, systemReason } from '@signet/daemon';
import { open } from 'node:fs/promises';
import { JsonReader } from './json-reader.ts';

/** Longest file or input that a command reads. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file, or of standard input for `-`.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` when it cannot be read or is longer than 64 MiB.
 */
export async function readTextFile(path: string, io: Pick<CommandIo, 'readStdin'>): Promise<string> {
  if (path === '-') return io.readStdin(MAX_BYTES);
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > MAX_BYTES) throw new Error(`file is longer than ${MAX_BYTES} bytes`);
    return await file.readFile('utf8');
  } catch (error) {
    throw new ConfigError('ERR_CONFIG_FILE', `open ${path}: ${systemReason(error)}`, { cause: error });
  }
}

/**
 * Reads a file of one JSON object, or standard input for `-`.
 *
 * @throws {ConfigError} with the code of what is wrong with it, and the name of the file.
 */
export async function readJsonFile<T>(
  path: string,
  io: Pick<CommandIo, 'readStdin'>,
  read: (json: JsonReader) => T,
): Promise<T> {
  const text = await readTextFile(path, io);
  try {
    return read(JsonReader.parse(text));
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    const name = path === '-' ? 'standard input' : path;
    throw new ConfigError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}
