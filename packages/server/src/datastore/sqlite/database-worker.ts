import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { DatabaseReader } from './database-reader.ts';
import { DatabaseWriter } from './database-writer.ts';
import type { OperationRequest, WorkerReply, WorkerRequest, WorkerStart } from './messages.ts';
import { operationError } from './operation-error.ts';

/** One side of the database inside the worker: takes requests from the front of the queue, gives their replies. */
interface Side {
  serve(queue: OperationRequest[]): WorkerReply;
  close(): void;
}

/** Replies of reads are sent at least this often, so that a slow one holds up few. */
const READS_PER_BATCH = 16;

if (parentPort !== null) start(parentPort, workerData as WorkerStart);

function start(port: MessagePort, { role, path }: WorkerStart): void {
  try {
    const side = role === 'writer' ? openWriter(port, path) : openReader(port, path);
    port.on('message', (first: WorkerRequest) => serve(port, side, first));
  } catch (failure) {
    send(port, { kind: 'failed', error: operationError(failure) });
    port.close();
  }
}

function openWriter(port: MessagePort, path: string): Side {
  const writer = DatabaseWriter.open(path);
  send(port, { kind: 'ready', identity: writer.identity });
  return { serve: (queue) => writer.commit(queue), close: () => writer.close() };
}

/** The file may still be in the making: the first read opens it. */
function openReader(port: MessagePort, path: string): Side {
  const reader = new DatabaseReader(path);
  send(port, { kind: 'ready', identity: undefined });
  return {
    serve: (queue) => {
      const replies = queue.splice(0, READS_PER_BATCH).map((request) => reader.read(request));
      return { kind: 'batch', replies, changes: [] };
    },
    close: () => reader.close(),
  };
}

/** Everything that arrived while the last batch was written forms the next one. */
function serve(port: MessagePort, side: Side, first: WorkerRequest): void {
  const queue: OperationRequest[] = [];
  let closing = enqueue(queue, first);
  do {
    while (!closing) {
      const waiting = receiveMessageOnPort(port) as { message: WorkerRequest } | undefined;
      if (waiting === undefined) break;
      closing = enqueue(queue, waiting.message);
    }
    if (queue.length > 0) send(port, side.serve(queue));
  } while (queue.length > 0);
  if (!closing) return;
  side.close();
  port.close();
}

function enqueue(queue: OperationRequest[], request: WorkerRequest): boolean {
  if (request === 'close') return true;
  queue.push(request);
  return false;
}

function send(port: MessagePort, reply: WorkerReply): void {
  port.postMessage(reply);
}
