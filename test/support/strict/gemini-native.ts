import { alternate, base64, type Json, list, must, object, words } from './rules.ts';

const dummy = 'skip_thought_signature_validator';

/** Gemini: alternating contents, as many responses as calls and at once, the first call of a content signed. */
export function refuseGeminiNative(body: Json): void {
  const contents = list(body['contents'], 'contents') as readonly Json[];
  alternate(
    contents.map((content) => String(content['role'])),
    'user',
  );
  must(contents.at(-1)?.['role'] === 'user', 'the last content is not the user’s');
  let waiting: readonly string[] = [];
  for (const [at, content] of contents.entries()) {
    const where = `contents[${at}]`;
    const parts = list(object(content, where, ['role', 'parts'])['parts'], where) as readonly Json[];
    const isModel = content['role'] === 'model';
    for (const part of parts) check(part, where, isModel);
    const answered = parts.flatMap((part) => nameIn(part['functionResponse'], where, ['name', 'response'], ['id']));
    must(
      JSON.stringify(answered) === JSON.stringify(waiting),
      `${where}: responses [${answered.join()}] to calls [${waiting.join()}]`,
    );
    waiting = parts.flatMap((part) => nameIn(part['functionCall'], where, ['name', 'args'], ['id']));
    const firstCall = parts.find((part) => 'functionCall' in part);
    must(!firstCall || 'thoughtSignature' in firstCall, `${where}: a function call is missing its thought_signature`);
  }
}

function nameIn(value: unknown, where: string, needed: readonly string[], allowed: readonly string[]): string[] {
  if (value === undefined) return [];
  const named = object(value, where, needed, allowed);
  must(named['id'] === undefined || /^gem_own\d+$/.test(String(named['id'])), `${where}: unknown id`);
  return [`${String(named['name'])} ${String(named['id'] ?? '')}`];
}

function check(part: Json, where: string, isModel: boolean): void {
  const signature = part['thoughtSignature'];
  must(
    signature === undefined || (isModel && (signature === dummy || String(signature).startsWith('own-sign'))),
    `${where}: thought signature is not valid`,
  );
  if ('text' in part) {
    object(part, where, ['text'], ['thought', 'thoughtSignature']);
    must(part['text'] !== '' || signature !== undefined, `${where}: empty text`);
    must(!part['thought'] || isModel, `${where}: a thought of the user`);
  } else if ('inlineData' in part) {
    const data = object(object(part, where, ['inlineData'])['inlineData'], where, ['mimeType', 'data']);
    base64(data['data'], where);
  } else if (isModel) {
    const call = object(part, where, ['functionCall'], ['thoughtSignature'])['functionCall'];
    object((call as Json)['args'], `${where}.args`, [], ['city', 'path']);
  } else {
    const response = object(part, where, ['functionResponse'])['functionResponse'] as Json;
    object(response['response'], where, [], ['output', 'error']);
    words(response['name'], where);
  }
}
