import type { Quirks } from './quirks.ts';

/** What an endpoint's refusal taught about one model. Applied to every later request of the model until undone. */
export type Lesson =
  /** A field of the body, or a parameter within one, that is not accepted. */
  | { readonly kind: 'omit'; readonly name: string }
  /** Another form of the wire is wanted. */
  | { readonly kind: 'form'; readonly quirk: Form }
  /** More tokens than this are refused, input and output together. */
  | { readonly kind: 'window'; readonly tokens: number };

/** Forms that one endpoint demands and another refuses. */
export type Form = Required<Pick<Quirks, 'maxTokensField'>> | Required<Pick<Quirks, 'systemRole'>>;

/** The lesson's name among those of its model: a new one of the same name takes its place. */
export function lessonId(lesson: Lesson): string {
  switch (lesson.kind) {
    case 'omit':
      return `omit ${lesson.name}`;
    case 'form':
      return `form ${Object.keys(lesson.quirk).join()}`;
    case 'window':
      return 'window';
  }
}
