import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { waitForStatusBarItem } from '../../test/support/workbench-parts.ts';
import { type Burst, typeBurst } from './typing-burst.ts';
import { keysInBurst, type Passage } from './typing-passages.ts';
import type { TypingWindow } from './typing-windows.ts';

/** What the tiny model says after any prompt; no piece may be there twice. */
const text = 'total = first_value + second_number * third_factor - fourth_item / fifth_divisor + sixth';
export const embeddedInfill: readonly string[] = text.match(/.{1,4}/g) ?? [];

/** A blank, then what the model has to say from there on. */
function passageOf(place: Passage): Passage {
  const typed = [' ', ...text].slice(0, keysInBurst);
  const predictions = [text, ...[...typed.keys()].map((done) => text.slice(done))];
  return { ...place, keys: typed, typed, predictions, contradicting: [] };
}

export interface EmbeddedBurst {
  readonly burst: Burst;
  /** How each request ended, as the usage table has it. */
  readonly outcomes: readonly string[];
}

/** Types what a model that runs in llama.cpp says anyway. */
export async function typeWithEmbedded(
  window: TypingWindow,
  places: readonly Passage[],
): Promise<readonly EmbeddedBurst[]> {
  await window.workbench.page.keyboard.press('Control+Alt+1');
  await waitForStatusBarItem(window.workbench, 'scripted.gguf', 30_000);
  const bursts: EmbeddedBurst[] = [];
  for (const place of places) {
    const since = Date.now();
    const burst = await typeBurst(window, passageOf(place), 0);
    await pause(200);
    bursts.push({ burst, outcomes: outcomesSince(window.vscode.globalStorage, since) });
  }
  return bursts;
}

function outcomesSince(storage: string, since: number): readonly string[] {
  using database = new DatabaseSync(join(storage, 'tutti.db'), { readOnly: true });
  const rows = database.prepare(`select outcome from usage where provider = 'embedded' and at >= ?`).all(since);
  return rows.map(({ outcome }) => String(outcome));
}
