import { beforeEach, describe, expect, it } from '@jest/globals';
import { SendRoom } from './send-room.ts';

let room: SendRoom;
let sent: string[];

beforeEach(() => {
  room = new SendRoom(100);
  sent = [];
});

function send(name: string, bytes: number, user = '1'): () => void {
  return room.take(user, bytes, () => sent.push(name));
}

describe('SendRoom', () => {
  it('lets messages wait, in order, while too much has not been taken (T30)', () => {
    const [a, b] = [send('a', 60), send('b', 40)];
    const c = send('c', 50);
    send('d', 1);
    expect(sent).toEqual(['a', 'b']);
    expect(room.held('1')).toBe(100);
    b();
    expect(sent).toEqual(['a', 'b']);
    a();
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
    c();
    expect(room.held('1')).toBe(1);
  });

  it('sends what is larger than all the room alone', () => {
    const a = send('a', 1);
    const b = send('b', 1_000);
    send('c', 1);
    expect(sent).toEqual(['a']);
    a();
    expect(sent).toEqual(['a', 'b']);
    b();
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('does not send what was given up while it waited, and gives room back once only', () => {
    const a = send('a', 100);
    const b = send('b', 100);
    b();
    b();
    a();
    a();
    expect(sent).toEqual(['a']);
    expect(room.held('1')).toBe(0);
    send('c', 100);
    expect(sent).toEqual(['a', 'c']);
  });

  it('keeps users apart', () => {
    send('a', 100);
    send('b', 100, '2');
    expect(sent).toEqual(['a', 'b']);
  });

  it('takes messages that have left at once', () => {
    for (let i = 0; i < 3; i++) {
      room.take('1', 100, (giveBack) => {
        sent.push(String(i));
        giveBack();
      });
    }
    expect(sent).toEqual(['0', '1', '2']);
    expect(room.held('1')).toBe(0);
  });
});
