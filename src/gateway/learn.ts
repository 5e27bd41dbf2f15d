import { type Lesson, lessonId } from '../llm/lesson.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { EndEvent, StreamFunction } from '../llm/stream-event.ts';
import { applyLessons, lessonsAgainst } from './apply-lessons.ts';
import { isAboutValue, lessonOf } from './lesson-of.ts';
import { upToEnd } from './up-to-end.ts';

/** Where lessons are kept. Neither method rejects: a chat goes on without them. */
export interface LessonBook {
  of(model: ModelRef): Promise<readonly Lesson[]>;
  keep(model: ModelRef, lesson: Lesson): Promise<void>;
}

/**
 * Sends requests as earlier refusals taught. A refusal that names a parameter, before anything of the reply was seen,
 * is answered once by sending the request without it; what helped is kept.
 */
export function learning(stream: StreamFunction, book: LessonBook): StreamFunction {
  return async function* (model, request, signal) {
    const known = await book.of(model.ref);
    for (const lesson of lessonsAgainst(request, known)) yield told(model.ref, lesson);
    const first = applyLessons(model, request, known);
    const { end, seen, notices } = yield* upToEnd(stream(first.model, first.request, signal));
    const refusal = end.error;
    const lesson = seen || signal.aborted ? undefined : lessonOf(refusal, first.model, first.request);
    const isNew = lesson !== undefined && !known.some((other) => isSame(other, lesson));
    if (!isNew || refusal === undefined) {
      yield end;
      return;
    }
    yield told(model.ref, lesson);
    const second = applyLessons(first.model, first.request, [lesson]);
    const alreadyTold = new Set(notices.map((notice) => JSON.stringify(notice)));
    let isKept = isAboutValue(refusal);
    for await (const event of stream(second.model, second.request, signal)) {
      if (event.type === 'notice' && alreadyTold.has(JSON.stringify(event.notice))) continue;
      const helped = event.type === 'end' ? hasHelped(event, refusal) : event.type !== 'notice';
      if (helped && !isKept) {
        isKept = true;
        await book.keep(model.ref, lesson);
      }
      yield event;
    }
  };
}

/** The reply came; or it was refused for another parameter, so this one is no longer in the way. */
function hasHelped({ finish, error }: EndEvent, refusal: LlmError): boolean {
  if (error === undefined) return finish !== 'aborted';
  return error.status === 400 && error.parameter !== undefined && error.parameter !== refusal.parameter;
}

function isSame(one: Lesson, other: Lesson): boolean {
  return lessonId(one) === lessonId(other) && JSON.stringify(one) === JSON.stringify(other);
}

function told(model: ModelRef, lesson: Lesson) {
  return { type: 'notice', notice: { kind: 'lesson', model, lesson } } as const;
}
