import { jest } from '@jest/globals';

// Time limits are kept on busy machines too: a test that fails once is run again, and what it failed with is printed.
jest.retryTimes(2, { logErrorsBeforeRetry: true });
