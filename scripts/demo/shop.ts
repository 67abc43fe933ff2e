// The demo's client: one HTTP/2 connection that stays open throughout, and a new one every second.
import type { ClientHttp2Session } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { mtlsHttp2, X509Source } from '@signet/client';
import { tell } from './tell.ts';

const [, , serverId = '', port = ''] = process.argv;
await using source = await X509Source.open();
tell({ event: 'identity', id: source.svid.id.uri, serial: serial() });
source.onUpdate(() => tell({ event: 'identity', id: source.svid.id.uri, serial: serial() }));

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const lasting = open();
lasting.on('close', () => {
  if (!stop.signal.aborted) tell({ event: 'dropped' });
});
while (!stop.signal.aborted) {
  await ask(lasting, 'lasting');
  const fresh = open();
  await ask(fresh, 'fresh');
  fresh.close();
  await sleep(1000);
}
lasting.close();

function open(): ClientHttp2Session {
  const session = mtlsHttp2(source, { authorize: serverId }, `https://127.0.0.1:${port}`);
  session.on('error', (error: Error) => tell({ event: 'failed', reason: error.message }));
  return session;
}

async function ask(session: ClientHttp2Session, connection: string): Promise<void> {
  try {
    tell({ event: 'answer', connection, ...(JSON.parse(await get(session)) as object) });
  } catch (error) {
    tell({ event: 'failed', connection, reason: (error as Error).message });
  }
}

function get(session: ClientHttp2Session): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/orders' });
    let body = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (body += chunk));
    stream.on('end', () => resolve(body));
    stream.on('error', reject);
    stream.end();
  });
}

function serial(): string {
  return source.svid.certificates[0].serialHex;
}
