import { type Grant } from '../authz/authorize.ts';
import { type Caller } from '../authz/caller.ts';
import { type AuditItem, type AuditValue } from './audit-event.ts';

/** What becomes known of a call while it runs, gathered for its audit event. */
export class AuditTrail {
  readonly #fields: Record<string, AuditValue> = Object.create(null) as Record<string, AuditValue>;
  readonly #items: AuditItem[] = [];
  #caller: Caller | undefined;
  #grant: Grant | undefined;

  identified(caller: Caller): void {
    this.#caller = caller;
  }

  authorized(grant: Grant): void {
    this.#grant = grant;
  }

  /** Adds facts of the request or of what came of it. The names are ours, never the caller's. */
  note(fields: Readonly<Record<string, AuditValue>>): void {
    Object.assign(this.#fields, fields);
  }

  /** Adds the outcome of one item of a batch. */
  item(item: AuditItem): void {
    this.#items.push(item);
  }

  get caller(): Caller | undefined {
    return this.#caller;
  }

  get grant(): Grant | undefined {
    return this.#grant;
  }

  get fields(): Readonly<Record<string, AuditValue>> {
    return this.#fields;
  }

  get items(): readonly AuditItem[] {
    return this.#items;
  }
}
