import type { EventEmitter } from 'node:events';

/**
 * Puts a check in front of all listeners of an event, whenever they were added: when `admit` answers false for the
 * event's argument, none of them hears of it.
 */
export function gate<Argument>(
  emitter: EventEmitter,
  event: string,
  admit: (argument: Argument) => boolean,
): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (name: string | symbol, ...args: unknown[]): boolean =>
    name === event && !admit(args[0] as Argument) ? false : emit(name, ...args);
}
