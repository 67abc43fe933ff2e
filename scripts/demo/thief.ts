// The demo's thief: it has an SVID and its key from somebody else, and shows them as if they were its own.
import { readFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, tell } from './tell.ts';

const [, , port = '', loot = ''] = process.argv;
const stolen = JSON.parse(await readFile(loot, 'utf8')) as { cert: string; key: string };

const lasting = open();
const dropped = new Promise<true>((resolve) => lasting.once('close', () => resolve(true)));
do {
  tell({ event: 'answer', connection: 'lasting', ...(await get(lasting)) });
} while (!(await Promise.race([dropped, sleep(200, false)])));
tell({ event: 'dropped' });
const next = open();
await get(next).then(
  () => tell({ event: 'accepted' }),
  () => tell({ event: 'refused', code: 'none', reason: 'the connection was closed without a word' }),
);
next.destroy();

function open(): ClientHttp2Session {
  const session = connect(`https://127.0.0.1:${port}`, {
    ...stolen,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: false,
  });
  return session.on('error', () => undefined);
}

function get(session: ClientHttp2Session): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/orders' });
    let body = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (body += chunk));
    stream.on('end', () =>
      body === '' ? reject(new Error('no answer')) : resolve(JSON.parse(body) as Answer),
    );
    stream.on('error', reject);
    stream.end();
  });
}
