import { ConfigError } from '@signet/core';
import { systemReason, writeFileAtomic } from '@signet/daemon';

/**
 * Writes what was minted, whole or not at all. A private file is so from its first byte on.
 *
 * @param what - for the message: `SVID`, `key`.
 * @throws {ConfigError} `ERR_CONFIG_FILE`
 */
export async function writeMintedFile(
  what: string,
  path: string,
  content: string,
  mode: number,
): Promise<void> {
  try {
    await writeFileAtomic(path, content, { mode });
  } catch (error) {
    throw new ConfigError(
      'ERR_CONFIG_FILE',
      `unable to write ${what}: open ${path}: ${systemReason(error)}`,
      {
        cause: error,
      },
    );
  }
}
