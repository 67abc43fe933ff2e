import { type LocalWatchRevocationsResponseInput, workloadService } from '@signet/api';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { LogPiece } from '../revocation/revocation-log.ts';

/** Begins to send when there is room. @returns gives the room back. */
type MakeRoom = (bytes: number, send: (giveBack: () => void) => void) => () => void;

/** What a watcher is made of. */
export interface WatcherParts {
  readonly revocations: AgentRevocations;
  readonly trustDomain: string;
  readonly heartbeatMs: number;
  /** Sends an encoded message; calls back when it was taken. */
  readonly write: (message: Buffer, sent: (error?: Error | null) => void) => void;
  readonly makeRoom: MakeRoom;
}

/** A message that is hardly larger than what any open stream takes has room. */
const SMALL_BYTES = 4_096;

/**
 * Tells one watcher, at its pace: it keeps a position in the log of all, and one message is under way at a time.
 */
export class RevocationWatcher {
  readonly #parts: WatcherParts;
  #log: AgentRevocations['log'] | undefined;
  #position = 0;
  #isDue = false;
  #busy = false;
  #closed = false;
  #leaveRoom: () => void = () => undefined;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  /** Says how fresh the agent's knowledge is, with what is new. */
  beat(): void {
    this.#isDue = true;
    if (!this.#busy) this.#send();
  }

  close(): void {
    this.#closed = true;
    this.#leaveRoom();
  }

  #send(): void {
    if (this.#closed || !this.#isDue) return;
    this.#busy = true;
    const { bytes } = this.#piece().piece;
    if (bytes.length <= SMALL_BYTES) this.#sendNow(() => undefined);
    else this.#leaveRoom = this.#parts.makeRoom(bytes.length, (giveBack) => this.#sendNow(giveBack));
  }

  #sendNow(giveBack: () => void): void {
    if (this.#closed) {
      giveBack();
      return;
    }
    const { revocations } = this.#parts;
    const { piece, isStart } = this.#piece();
    this.#log = revocations.log;
    this.#position = piece.next;
    const more = piece.next < revocations.log.length;
    this.#isDue = more;
    const facts = this.#facts({ more, is_full_state: isStart && revocations.isComplete });
    this.#parts.write(Buffer.concat([facts, piece.bytes]), (error) => {
      giveBack();
      this.#busy = false;
      if (error === undefined || error === null) this.#send();
      else this.close();
    });
  }

  /** What comes next: from the start when what was told before does not count any more. */
  #piece(): { readonly piece: LogPiece; readonly isStart: boolean } {
    const { log } = this.#parts.revocations;
    const isStart = log !== this.#log;
    return { piece: log.from(isStart ? 0 : this.#position), isStart };
  }

  #facts(place: Pick<LocalWatchRevocationsResponseInput, 'more' | 'is_full_state'>): Buffer {
    const { revocations, heartbeatMs: ownHeartbeatMs, trustDomain } = this.#parts;
    const { ageMs, isSupported, heartbeatMs = 0 } = revocations.freshness();
    return workloadService.WatchRevocations.responseSerialize({
      ...place,
      revocation: revocations.set.latest,
      // Without any contact the age is as high as can be.
      age_ms: isSupported ? Math.round(Math.min(ageMs, Number.MAX_SAFE_INTEGER)) : 0,
      // Verifiers count in heartbeats, as the agent does: all of them refuse what is too old at the same age.
      heartbeat_ms: Math.max(heartbeatMs, ownHeartbeatMs),
      is_supported: isSupported,
      trust_domain: trustDomain,
      is_over: revocations.isOver,
    });
  }
}
