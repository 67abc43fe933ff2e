import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@signet/daemon';
import { limitedLogger } from './limited-logger.ts';

describe('limitedLogger', () => {
  it('holds back what is said again and again, and nothing else', () => {
    const written: string[] = [];
    const write = (message: string): void => void written.push(message);
    const logger = limitedLogger(
      { debug: write, info: write, warn: write, error: write } as unknown as Logger,
      2,
    );
    for (let i = 0; i < 5; i++) logger.warn('a', { i });
    logger.error('b');
    for (let i = 0; i < 3; i++) logger.info('c');
    logger.debug('d');
    expect(written).toEqual(['a', 'a', 'b', 'c', 'c', 'c', 'd']);
  });
});
