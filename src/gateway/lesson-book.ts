import type { Lessons } from '../store/lessons.ts';
import { messageOf } from '../util/message-of.ts';
import type { LessonBook } from './learn.ts';

/** The kept lessons, for a gateway that goes on also when they can be neither read nor written. */
export function lessonBook(lessons: Lessons, report: (problem: string) => void): LessonBook {
  return {
    of: async (model) => {
      try {
        return (await lessons.of(model)).map(({ lesson }) => lesson);
      } catch (error) {
        report(`What was learned about ${model} cannot be read: ${messageOf(error)}`);
        return [];
      }
    },
    keep: async (model, lesson) => {
      try {
        await lessons.keep(model, lesson, Date.now());
      } catch (error) {
        report(`What was learned about ${model} cannot be kept: ${messageOf(error)}`);
      }
    },
  };
}

/** The same book, of which nobody reads or writes what was learned about windows. */
export function withoutWindows(book: LessonBook): LessonBook {
  return {
    of: async (model) => (await book.of(model)).filter(({ kind }) => kind !== 'window'),
    keep: async (model, lesson) => (lesson.kind === 'window' ? undefined : book.keep(model, lesson)),
  };
}
