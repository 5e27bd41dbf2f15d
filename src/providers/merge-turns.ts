import type { JsonObject } from '../util/json.ts';

/** What one side says, as the blocks of a wire. */
export interface Turn<Role extends string> {
  readonly role: Role;
  readonly blocks: readonly JsonObject[];
}

/** Neighbours of one role become one turn, in which results of tools stand before all other words. Empty turns vanish. */
export function mergeTurns<Role extends string>(
  turns: readonly Turn<Role>[],
  isResult: (block: JsonObject) => boolean,
): readonly Turn<Role>[] {
  const merged: { role: Role; blocks: JsonObject[] }[] = [];
  for (const { role, blocks } of turns) {
    const last = merged.at(-1);
    if (blocks.length === 0) continue;
    if (last?.role === role) last.blocks.push(...blocks);
    else merged.push({ role, blocks: [...blocks] });
  }
  return merged.map(({ role, blocks }) => ({
    role,
    blocks: [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))],
  }));
}
