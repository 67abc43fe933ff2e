import { describe, expect, it, jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { gate } from './gate.ts';

const socket = new TLSSocket(new Duplex());

describe('gate', () => {
  it('keeps an event from all listeners, earlier and later ones', () => {
    const emitter = new EventEmitter();
    const listener = jest.fn();
    emitter.on('secureConnection', listener);
    gate(emitter, 'secureConnection', () => false);
    emitter.prependListener('secureConnection', listener).once('secureConnection', listener);
    expect(emitter.emit('secureConnection', socket)).toBe(false);
    expect(listener).not.toHaveBeenCalled();
  });

  it('lets through what is admitted, with all arguments', () => {
    const emitter = new EventEmitter();
    const admit = jest.fn<(socket: TLSSocket) => boolean>().mockReturnValue(true);
    const listener = jest.fn();
    gate(emitter, 'secureConnection', admit);
    emitter.on('secureConnection', listener);
    expect(emitter.emit('secureConnection', socket, 'more')).toBe(true);
    expect(admit).toHaveBeenCalledWith(socket);
    expect(listener).toHaveBeenCalledWith(socket, 'more');
  });

  it('has no say in other events', () => {
    const emitter = new EventEmitter();
    const listener = jest.fn();
    gate(emitter, 'secureConnection', () => false);
    emitter.on('close', listener).emit('close');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('can be put up more than once', () => {
    const emitter = new EventEmitter();
    const listener = jest.fn();
    gate(emitter, 'connection', () => true);
    gate(emitter, 'secureConnection', () => false);
    emitter.on('connection', listener).on('secureConnection', listener);
    emitter.emit('connection', socket);
    emitter.emit('secureConnection', socket);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
