import type { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';

/**
 * Puts a check in front of all listeners of an event, whenever they were added: when `admit` answers false for the
 * event's socket, if it has one, none of them hears of it.
 */
export function gate(emitter: EventEmitter, event: string, admit: (socket: TLSSocket) => boolean): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (name: string | symbol, ...args: unknown[]): boolean =>
    name === event && !admit(args[0] as TLSSocket) ? false : emit(name, ...args);
}
