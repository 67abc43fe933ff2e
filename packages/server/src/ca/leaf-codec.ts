import { parseSpiffeId, type ErrorCode } from '@signet/core';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import { faulty, type LeafOrder, type LeafOutcome, type SigningFault } from './leaf-order.ts';

const NAMES_OF_CSR = 0;
const NAMES_GIVEN = 1;
const NAMES_AND_TASK_GIVEN = 2;
const REFUSED = 0;
const SIGNED = 1;
const PHASES: readonly SigningFault['phase'][] = ['parse', 'signature', 'names', 'sign'];
/** Enough for the fixed fields, an ID and a DNS name or two; the writer grows when not. */
const ORDER_OVERHEAD_BYTES = 256;
const OUTCOME_BYTES = 1024;

/** Orders as one buffer to transfer to a sign worker. */
export function encodeOrders(orders: readonly LeafOrder[]): Uint8Array<ArrayBuffer> {
  const size = orders.reduce((sum, order) => sum + order.csrDer.length + ORDER_OVERHEAD_BYTES, 0);
  const writer = new ByteWriter(size);
  for (const order of orders) writeOrder(writer, order);
  return writer.finish();
}

export function decodeOrders(data: Uint8Array): readonly LeafOrder[] {
  const reader = new ByteReader(data);
  const orders: LeafOrder[] = [];
  while (!reader.atEnd) orders.push(readOrder(reader));
  return orders;
}

/** Outcomes as one buffer to transfer back. */
export function encodeOutcomes(outcomes: readonly LeafOutcome[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(outcomes.length * OUTCOME_BYTES);
  for (const outcome of outcomes) writeOutcome(writer, outcome);
  return writer.finish();
}

/** The outcomes of these very orders. */
export function decodeOutcomes(data: Uint8Array, orders: readonly LeafOrder[]): readonly LeafOutcome[] {
  const reader = new ByteReader(data);
  const outcomes = orders.map((order) => readOutcome(reader, order));
  if (!reader.atEnd) throw new RangeError('more outcomes than orders');
  return outcomes;
}

function writeOrder(writer: ByteWriter, { csrDer, names, notBefore, notAfter, taskId }: LeafOrder): void {
  writer.bytes(csrDer);
  writer.float64(notBefore);
  writer.float64(notAfter);
  if (names === 'csr') {
    writer.uint8(NAMES_OF_CSR);
    return;
  }
  writer.uint8(taskId === undefined ? NAMES_GIVEN : NAMES_AND_TASK_GIVEN);
  if (taskId !== undefined) writer.text(taskId);
  writer.text(names.spiffeId.uri);
  writer.uint32(names.dnsNames.length);
  for (const name of names.dnsNames) writer.text(name);
}

function readOrder(reader: ByteReader): LeafOrder {
  const csrDer = reader.bytes();
  const notBefore = reader.float64();
  const notAfter = reader.float64();
  const given = reader.uint8();
  if (given === NAMES_OF_CSR) return { csrDer, notBefore, notAfter, names: 'csr' };
  const taskId = given === NAMES_AND_TASK_GIVEN ? reader.text() : undefined;
  const spiffeId = parseSpiffeId(reader.text());
  const dnsNames = Array.from({ length: reader.uint32() }, () => reader.text());
  return {
    csrDer,
    notBefore,
    notAfter,
    names: { spiffeId, dnsNames },
    ...(taskId !== undefined && { taskId }),
  };
}

function writeOutcome(writer: ByteWriter, outcome: LeafOutcome): void {
  if (!outcome.ok) {
    writer.uint8(REFUSED);
    writer.uint8(PHASES.indexOf(outcome.fault.phase));
    writer.text(outcome.fault.code);
    writer.text(outcome.fault.message);
    return;
  }
  writer.uint8(SIGNED);
  writer.bytes(outcome.der);
  writer.bytes(outcome.serial);
  writer.text(outcome.spiffeId.uri);
}

function readOutcome(reader: ByteReader, order: LeafOrder): LeafOutcome {
  if (reader.uint8() === REFUSED) {
    const phase = PHASES[reader.uint8()] ?? 'sign';
    return faulty(phase, reader.text() as ErrorCode, reader.text());
  }
  // Copies, so that one kept certificate does not keep a whole chunk's buffer alive.
  const der = reader.bytes().slice();
  const serial = reader.bytes().slice();
  const uri = reader.text();
  const spiffeId = order.names === 'csr' ? parseSpiffeId(uri) : order.names.spiffeId;
  return { ok: true, der, serial, spiffeId };
}
