import { describe, expect, it, jest } from '@jest/globals';
import { Listeners } from './listeners.ts';

describe('Listeners', () => {
  it('notifies each, until it is removed', () => {
    const listeners = new Listeners<[number]>();
    const heard: string[] = [];
    const remove = listeners.add((value) => heard.push(`a${value}`));
    listeners.add((value) => heard.push(`b${value}`));
    listeners.notify(1);
    remove();
    remove();
    listeners.notify(2);
    expect(heard).toEqual(['a1', 'b1', 'b2']);
  });

  it('takes the same function more than once', () => {
    const listeners = new Listeners<[]>();
    const listener = jest.fn();
    const remove = listeners.add(listener);
    listeners.add(listener);
    remove();
    listeners.notify();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('lets a listener that throws disturb nobody, and surfaces its error', () => {
    const nextTick = jest.spyOn(process, 'nextTick').mockImplementation(() => undefined);
    try {
      const listeners = new Listeners<[]>();
      const second = jest.fn();
      listeners.add(() => {
        throw new Error('the program’s own mistake');
      });
      listeners.add(second);
      listeners.notify();
      expect(second).toHaveBeenCalledTimes(1);
      expect(nextTick.mock.calls[0]?.[0]).toThrow('the program’s own mistake');
    } finally {
      nextTick.mockRestore();
    }
  });

  it('may be changed while it notifies', () => {
    const listeners = new Listeners<[]>();
    const late = jest.fn();
    const remove = listeners.add(() => {
      remove();
      listeners.add(late);
    });
    listeners.notify();
    expect(late).not.toHaveBeenCalled();
    expect(listeners.size).toBe(1);
  });
});
