/** As much of a task as its place among the others takes. */
interface Placed {
  readonly task: { readonly id: string; readonly parentId: string };
}

/** Tasks by ID, and by the task that they are part of. */
export class HeldTasks<Held extends Placed> {
  readonly #byId = new Map<string, Held>();
  readonly #byParent = new Map<string, Map<string, Held>>();

  get size(): number {
    return this.#byId.size;
  }

  add(held: Held): void {
    const { id, parentId } = held.task;
    this.#byId.set(id, held);
    if (parentId === '') return;
    const siblings = this.#byParent.get(parentId);
    if (siblings === undefined) this.#byParent.set(parentId, new Map([[id, held]]));
    else siblings.set(id, held);
  }

  delete({ task: { id, parentId } }: Held): void {
    this.#byId.delete(id);
    const siblings = this.#byParent.get(parentId);
    siblings?.delete(id);
    if (siblings?.size === 0) this.#byParent.delete(parentId);
  }

  get(id: string): Held | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** A copy: they may end while they are gone through. */
  all(): readonly Held[] {
    return [...this.#byId.values()];
  }

  /** Those right below a task; a copy. */
  childrenOf(id: string): readonly Held[] {
    return [...(this.#byParent.get(id)?.values() ?? [])];
  }

  /** All below a task, at whatever depth; parents before their children. */
  below(id: string): readonly Held[] {
    const found = [...this.childrenOf(id)];
    // It grows while it is gone through.
    for (const { task } of found) for (const child of this.childrenOf(task.id)) found.push(child);
    return found;
  }

  /** Whether a task is below another one. */
  isBelow(id: string, ancestorId: string): boolean {
    let at = this.#byId.get(id);
    while (at !== undefined && at.task.parentId !== ancestorId) at = this.#byId.get(at.task.parentId);
    return at !== undefined;
  }
}
