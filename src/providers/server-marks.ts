import { arrayAt, objectAt, stringAt } from '../util/json.ts';

/** A place that only one kind of server has; asked without a key. */
export interface ServerMark {
  readonly vendor: string;
  /** From the origin on. */
  readonly path: string;
  readonly shows: (answer: unknown) => boolean;
}

export const serverMarks: readonly ServerMark[] = [
  { vendor: 'ollama', path: '/api/version', shows: (answer) => stringAt(answer, 'version') !== undefined },
  {
    vendor: 'lmstudio',
    path: '/api/v1/models',
    shows: (answer) => arrayAt(answer, 'models').some((model) => stringAt(model, 'key') !== undefined),
  },
  {
    vendor: 'lmstudio',
    path: '/api/v0/models',
    shows: (answer) => arrayAt(answer, 'data').some((model) => stringAt(model, 'compatibility_type') !== undefined),
  },
  {
    vendor: 'litellm',
    path: '/health/readiness',
    shows: (answer) => stringAt(answer, 'litellm_version') !== undefined,
  },
  {
    vendor: 'llamacpp',
    path: '/props',
    shows: (answer) => objectAt(answer, 'default_generation_settings') !== undefined,
  },
];

/** What entries of a list of models tell of their server. First match wins. */
export const listMarks: readonly Pick<ServerMark, 'vendor' | 'shows'>[] = [
  { vendor: 'vllm', shows: (entry) => stringAt(entry, 'owned_by') === 'vllm' },
  { vendor: 'sglang', shows: (entry) => stringAt(entry, 'owned_by') === 'sglang' },
  { vendor: 'llamacpp', shows: (entry) => stringAt(entry, 'owned_by') === 'llamacpp' },
  { vendor: 'docker', shows: (entry) => stringAt(entry, 'owned_by') === 'docker' },
  {
    vendor: 'anthropic-compatible',
    shows: (entry) => stringAt(entry, 'type') === 'model' && stringAt(entry, 'display_name') !== undefined,
  },
];
