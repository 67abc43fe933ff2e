// A workload that holds one task, for tests that end it in every way: begins it, fetches an X509-SVID and a token in it,
// writes what it got as lines of JSON, and then does what it reads on standard input: `close` its stream, `end` the task,
// fetch a `jwt` for another audience.
import { createInterface } from 'node:readline';
import { credentials, Metadata } from '@grpc/grpc-js';
import {
  createClient,
  type LocalBeginTaskRequestInput,
  type LocalBeginTaskResponseOutput,
  type LocalWorkloadClient,
  type SpiffeWorkloadAPIClient,
  type WorkloadJWTSVIDResponseOutput,
  workloadApiService,
  workloadService,
} from '@signet/api';
import { parseCertificate } from '@signet/core';

const [socket = '', request = '{}'] = process.argv.slice(2);
const AUDIENCE = 'holder';

function header(taskId?: string): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  if (taskId !== undefined) metadata.set('signet-task-id', taskId);
  return metadata;
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

function failure(error: unknown): object {
  const { code, details } = error as { code?: number; details?: string };
  return { code, details };
}

const own = { 'grpc.use_local_subchannel_pool': 1 };
const tasks = createClient<LocalWorkloadClient>(
  workloadService,
  `unix:${socket}`,
  credentials.createInsecure(),
  own,
);
const api = createClient<SpiffeWorkloadAPIClient>(
  workloadApiService,
  `unix:${socket}`,
  credentials.createInsecure(),
  own,
);
const stream = tasks.BeginTask(JSON.parse(request) as LocalBeginTaskRequestInput, header());
let taskId = '';

/** A unary call with metadata, as a promise. */
function answer<T>(call: (done: (error: Error | null, response?: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response as T) : reject(error)));
  });
}

async function jwt(audience: string): Promise<void> {
  try {
    const { svids } = await answer<WorkloadJWTSVIDResponseOutput>((done) =>
      api.FetchJWTSVID({ audience: [audience] }, header(taskId), done),
    );
    say({ token: svids[0]?.svid });
  } catch (error) {
    say({ refused: failure(error) });
  }
}

function watchX509(): void {
  const svids = api.FetchX509SVID({}, header(taskId));
  svids.on('data', ({ svids: [svid] }: { svids: readonly { x509_svid: Buffer }[] }) => {
    const leaf = parseCertificate(svid?.x509_svid ?? Buffer.of());
    say({ x509: { taskId: leaf.taskId, notAfter: leaf.notAfter, serial: leaf.serialHex } });
  });
  svids.on('error', (error) => say({ streamEnded: failure(error) }));
}

stream.on('data', ({ task, endpoint }: LocalBeginTaskResponseOutput) => {
  const isFirst = taskId === '';
  taskId = task?.id ?? '';
  say({ task, endpoint });
  if (!isFirst) return;
  watchX509();
  void jwt(AUDIENCE);
});
stream.on('error', (error) => say({ failed: failure(error) }));
stream.on('end', () => say({ isOver: true }));

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'close') stream.cancel();
  if (line === 'end') {
    await answer((done) => tasks.EndTask({ task_id: taskId }, header(), done)).then(
      () => say({ isEnded: true }),
      (error: unknown) => say({ refused: failure(error) }),
    );
  }
  if (line.startsWith('jwt ')) await jwt(line.slice(4));
}
