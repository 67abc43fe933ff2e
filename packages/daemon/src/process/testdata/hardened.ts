// A program that hardens itself, says what it found, and stays until it is told to stop.
import inspector from 'node:inspector';
import { createLogger } from '../../log/create-logger.ts';
import { harden } from '../harden.ts';
import { runUntilStopped } from '../run-until-stopped.ts';

const [, , file = '', behaviour = ''] = process.argv;
const report = harden({ title: 'signet-test' });
const log = createLogger({ file, reopenOnSignal: true });
const { logger } = log;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.stdin.on('data', (data) => {
  const command = String(data).trim();
  if (command === 'inspector') say(`inspector ${inspector.url() ?? 'closed'}`);
  if (command === 'log') {
    logger.info('Asked');
    log.flush();
    say('logged');
  }
  if (command === 'abort') process.abort();
  if (command === 'throw') throw new Error('nobody caught this');
  if (command === 'reject') void Promise.reject(new Error('nobody caught this'));
});

process.exit(
  await runUntilStopped({
    logger,
    forceAfterMs: 300,
    stoppedMessage: 'Server stopped gracefully',
    finish: () => log.flush(),
    start() {
      if (behaviour === 'cannot-start') return Promise.reject(new Error('no start'));
      say(JSON.stringify(report));
      const stop = (): Promise<void> => {
        if (behaviour === 'hangs') return new Promise(() => undefined);
        say('drained');
        return Promise.resolve();
      };
      const failed = behaviour === 'fails' ? Promise.reject(new Error('lost the store')) : undefined;
      return Promise.resolve({ stop, ...(failed === undefined ? {} : { failed }) });
    },
  }),
);
