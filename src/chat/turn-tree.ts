import type { BranchView } from '../protocol/chat-view.ts';
import { pathTo, type Turn } from './turn.ts';

/** The turns of a chat, and which path through them is shown. A turn that is in it stays in it. */
export class TurnTree {
  readonly #turns = new Map<string, Turn>();
  /** Oldest first; those that begin the chat under undefined. */
  readonly #after = new Map<string | undefined, string[]>();
  /** Which of several was last on the path. */
  readonly #lastShown = new Map<string | undefined, string>();
  #head: string | undefined;

  /** The last turn of the path. */
  get head(): Turn | undefined {
    return this.get(this.#head);
  }

  get isEmpty(): boolean {
    return this.#turns.size === 0;
  }

  get(id: string | undefined): Turn | undefined {
    return id === undefined ? undefined : this.#turns.get(id);
  }

  /** Adds a turn that belongs behind its `parentId`; the path ends with it. */
  add(turn: Turn): void {
    const siblings = this.#after.get(turn.parentId) ?? [];
    if (!this.#turns.has(turn.id)) this.#after.set(turn.parentId, [...siblings, turn.id]);
    this.#turns.set(turn.id, turn);
    this.#lastShown.set(turn.parentId, turn.id);
    this.#head = turn.id;
  }

  /** The same turn, grown. */
  replace(turn: Turn): void {
    if (this.#turns.has(turn.id)) this.#turns.set(turn.id, turn);
  }

  path(): readonly Turn[] {
    return pathTo(this.#turns, this.#head);
  }

  pathTo(id: string): readonly Turn[] {
    return pathTo(this.#turns, id);
  }

  /** The place of a turn among those that stand where it stands; undefined where it is alone. */
  branch(turn: Turn): BranchView | undefined {
    const siblings = this.#after.get(turn.parentId) ?? [];
    if (siblings.length < 2) return undefined;
    return { position: siblings.indexOf(turn.id) + 1, count: siblings.length };
  }

  /** The path ends before `turn`: what is added next stands beside it. */
  cutBefore(turn: Turn): void {
    this.#head = turn.parentId;
  }

  /** The path goes through `id` and on to the end it last had there, or no further; false where there is no such turn. */
  show(id: string | undefined, further: 'as before' | 'and no further' = 'as before'): boolean {
    const turn = this.get(id);
    if (!turn) return false;
    for (const { id, parentId } of this.pathTo(turn.id)) this.#lastShown.set(parentId, id);
    this.#head = turn.id;
    if (further === 'and no further') return true;
    let end = turn.id;
    for (const passed = new Set<string>(); !passed.has(end); ) {
      passed.add(end);
      end = this.#lastShown.get(end) ?? this.#after.get(end)?.at(-1) ?? end;
    }
    this.#head = end;
    return true;
  }

  /** The id of the turn that stands `step` places beside `turn`. */
  beside(turn: Turn, step: -1 | 1): string | undefined {
    const siblings = this.#after.get(turn.parentId) ?? [];
    return siblings[siblings.indexOf(turn.id) + step];
  }
}
