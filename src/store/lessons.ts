import type { Form, Lesson } from '../llm/lesson.ts';
import { lessonId } from '../llm/lesson.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { isObject, numberAt, parseJson, stringAt } from '../util/json.ts';
import type { OpenDatabase } from './database.ts';
import { whenFree } from './when-free.ts';

/** A lesson with its name and the time it was learned. */
export interface KeptLesson {
  readonly id: string;
  readonly lesson: Lesson;
  readonly learnedAt: number;
}

/** More would be a server that refuses whatever it is sent, not a model with habits. */
const mostOfOneModel = 20;
const mostOfAll = 500;
/** For another window's write. */
const patienceMs = 5000;

/** What Tutti learned about models from refusals, kept over restarts and shared by all windows. */
export class Lessons {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** Oldest first. */
  async of(model: ModelRef): Promise<readonly KeptLesson[]> {
    const rows = (await this.#open())
      .prepare('select * from lessons where model = ? order by learned_at, id')
      .all(model);
    return rows.flatMap((row) => {
      const lesson = readLesson(parseJson(String(row['lesson'])));
      return lesson ? [{ id: lessonId(lesson), lesson, learnedAt: Number(row['learned_at']) }] : [];
    });
  }

  /** Takes the place of a lesson of the same name; beyond the bound the oldest are forgotten. */
  async keep(model: ModelRef, lesson: Lesson, at: number): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () => {
      database
        .prepare(
          `insert into lessons (model, id, lesson, learned_at) values (?, ?, ?, ?)
         on conflict (model, id) do update set lesson = excluded.lesson, learned_at = excluded.learned_at`,
        )
        .run(model, lessonId(lesson), JSON.stringify(lesson), at);
      database
        .prepare(
          `delete from lessons where model = ? and rowid not in
           (select rowid from lessons where model = ? order by learned_at desc, rowid desc limit ?)`,
        )
        .run(model, model, mostOfOneModel);
      database
        .prepare(
          'delete from lessons where rowid not in (select rowid from lessons order by learned_at desc, rowid desc limit ?)',
        )
        .run(mostOfAll);
    });
  }

  async forget(model: ModelRef, id: string): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () =>
      database.prepare('delete from lessons where model = ? and id = ?').run(model, id),
    );
  }
}

function readLesson(value: unknown): Lesson | undefined {
  const name = stringAt(value, 'name');
  const tokens = numberAt(value, 'tokens');
  switch (stringAt(value, 'kind')) {
    case 'omit':
      return name === undefined ? undefined : { kind: 'omit', name };
    case 'window':
      return tokens === undefined || tokens < 1 ? undefined : { kind: 'window', tokens };
    case 'form': {
      const quirk = readForm(isObject(value) ? value['quirk'] : undefined);
      return quirk && { kind: 'form', quirk };
    }
    default:
      return undefined;
  }
}

function readForm(value: unknown): Form | undefined {
  const field = stringAt(value, 'maxTokensField');
  if (field === 'max_tokens' || field === 'max_completion_tokens') return { maxTokensField: field };
  const role = stringAt(value, 'systemRole');
  return role === 'system' || role === 'developer' ? { systemRole: role } : undefined;
}
