import type { ErrorAction } from '../protocol/chat-view.ts';
import type { ComparedAction, FromWebview, QueuedAction } from '../protocol/from-webview.ts';
import { type SettingValue, settingNames } from '../protocol/model-settings-view.ts';
import { booleanAt, isObject, stringAt } from '../util/json.ts';
import { readHistoryAsk } from './read-history-ask.ts';

/** The message, if every field of it is what the protocol says; else undefined. */
export function readFromWebview(value: unknown): FromWebview | undefined {
  if (!isObject(value)) return undefined;
  const text = stringAt(value, 'text');
  switch (value['type']) {
    case 'need-snapshot':
    case 'focused':
    case 'need-diagrams':
    case 'stop':
    case 'refresh-models':
      return { type: value['type'] };
    case 'send':
    case 'copy':
    case 'insert-code':
    case 'run-in-terminal':
      return text === undefined ? undefined : { type: value['type'], text };
    case 'suggest': {
      const { id, trigger } = value;
      const query = stringAt(value, 'query');
      const isAsked = typeof id === 'number' && (trigger === '@' || trigger === '/') && query !== undefined;
      return isAsked ? { type: 'suggest', id, trigger, query } : undefined;
    }
    case 'attach': {
      const mention = stringAt(value, 'mention');
      return mention === undefined ? undefined : { type: 'attach', mention };
    }
    case 'attach-uris': {
      const { uris } = value;
      const isList = Array.isArray(uris) && uris.every((uri): uri is string => typeof uri === 'string');
      return isList ? { type: 'attach-uris', uris } : undefined;
    }
    case 'attach-image': {
      const [name, mediaType, base64] = ['name', 'mediaType', 'base64'].map((key) => stringAt(value, key));
      if (name === undefined || mediaType === undefined || base64 === undefined) return undefined;
      return { type: 'attach-image', name, mediaType, base64 };
    }
    case 'detach':
    case 'need-picture': {
      const id = stringAt(value, 'id');
      return id === undefined ? undefined : { type: value['type'], id };
    }
    case 'open-attachment': {
      const [id, messageId] = [stringAt(value, 'id'), stringAt(value, 'messageId')];
      if (id === undefined) return undefined;
      return { type: 'open-attachment', id, ...(messageId !== undefined && { messageId }) };
    }
    case 'retry': {
      const [messageId, model] = [stringAt(value, 'messageId'), stringAt(value, 'model')];
      return messageId === undefined ? undefined : { type: 'retry', messageId, ...(model !== undefined && { model }) };
    }
    case 'edit': {
      const messageId = stringAt(value, 'messageId');
      return messageId === undefined || text === undefined ? undefined : { type: 'edit', messageId, text };
    }
    case 'switch-branch': {
      const messageId = stringAt(value, 'messageId');
      const step = value['step'];
      const isAsked = messageId !== undefined && (step === 1 || step === -1);
      return isAsked ? { type: 'switch-branch', messageId, step } : undefined;
    }
    case 'compare': {
      const { models } = value;
      const isList = Array.isArray(models) && models.every((model): model is string => typeof model === 'string');
      return isList && text !== undefined ? { type: 'compare', text, models } : undefined;
    }
    case 'compared': {
      const messageId = stringAt(value, 'messageId');
      const action = comparedActions.find((known) => known === value['action']);
      return action && { type: 'compared', action, ...(messageId !== undefined && { messageId }) };
    }
    case 'queued': {
      const id = stringAt(value, 'id');
      const action = queuedActions.find((known) => known === value['action']);
      return id === undefined || action === undefined ? undefined : { type: 'queued', id, action };
    }
    case 'fork':
    case 'continue-with': {
      const messageId = stringAt(value, 'messageId');
      return messageId === undefined ? undefined : { type: value['type'], messageId };
    }
    case 'compact': {
      const messageId = stringAt(value, 'messageId');
      return { type: 'compact', ...(messageId !== undefined && { messageId }) };
    }
    case 'select-model': {
      const ref = stringAt(value, 'ref');
      return ref === undefined ? undefined : { type: 'select-model', ref };
    }
    case 'open-instruction': {
      const id = stringAt(value, 'id');
      return id === undefined ? undefined : { type: 'open-instruction', id };
    }
    case 'use-instruction': {
      const id = stringAt(value, 'id');
      const on = value['on'];
      return id === undefined || typeof on !== 'boolean' ? undefined : { type: 'use-instruction', id, on };
    }
    case 'need-earlier': {
      const before = stringAt(value, 'before');
      return before === undefined ? undefined : { type: 'need-earlier', before };
    }
    case 'find-files': {
      const paths = value['paths'];
      if (!Array.isArray(paths) || paths.length > mostPaths) return undefined;
      return paths.every((path) => typeof path === 'string') ? { type: 'find-files', paths } : undefined;
    }
    case 'open-file': {
      const path = stringAt(value, 'path');
      const line = countAt(value, 'line');
      const column = countAt(value, 'column');
      if (path === undefined) return undefined;
      return { type: 'open-file', path, ...(line && { line }), ...(column && { column }) };
    }
    case 'open-symbol': {
      const name = stringAt(value, 'name');
      return name === undefined ? undefined : { type: 'open-symbol', name };
    }
    case 'apply-code': {
      const [path, messageId] = [stringAt(value, 'path'), stringAt(value, 'messageId')];
      if (text === undefined) return undefined;
      return {
        type: 'apply-code',
        text,
        ...(path !== undefined && { path }),
        ...(messageId !== undefined && { messageId }),
      };
    }
    case 'new-file': {
      const language = stringAt(value, 'language');
      const path = stringAt(value, 'path');
      if (text === undefined || language === undefined) return undefined;
      return { type: 'new-file', text, language, ...(path !== undefined && { path }) };
    }
    case 'pin-model':
    case 'hide-model': {
      const ref = stringAt(value, 'ref');
      const on = booleanAt(value, 'on');
      return ref === undefined || on === undefined ? undefined : { type: value['type'], ref, on };
    }
    case 'move-pin': {
      const ref = stringAt(value, 'ref');
      const by = value['by'];
      return ref === undefined || (by !== 1 && by !== -1) ? undefined : { type: 'move-pin', ref, by };
    }
    case 'close-model-settings':
      return { type: 'close-model-settings' };
    case 'open-model-settings': {
      const model = stringAt(value, 'model');
      return { type: 'open-model-settings', ...(model !== undefined && { model }) };
    }
    case 'reset-settings': {
      const model = stringAt(value, 'model');
      return model === undefined ? undefined : { type: 'reset-settings', model };
    }
    case 'undo-lesson': {
      const [id, model] = [stringAt(value, 'id'), stringAt(value, 'model')];
      return id === undefined || model === undefined ? undefined : { type: 'undo-lesson', id, model };
    }
    case 'open-link': {
      const url = stringAt(value, 'url');
      return url === undefined ? undefined : { type: 'open-link', url };
    }
    case 'history': {
      const ask = readHistoryAsk(value['ask']);
      return ask && { type: 'history', ask };
    }
    case 'change-setting': {
      const name = settingNames.find((known) => known === value['name']);
      const setting = value['value'];
      const model = stringAt(value, 'model');
      if (name === undefined || model === undefined || !isSettingValue(setting)) return undefined;
      return { type: 'change-setting', model, name, value: setting };
    }
    case 'error-action': {
      const command = errorCommands.find((known) => known === value['command']);
      const messageId = stringAt(value, 'messageId');
      return command && { type: 'error-action', command, ...(messageId !== undefined && { messageId }) };
    }
    default:
      return undefined;
  }
}

const comparedActions: readonly ComparedAction[] = ['stop', 'best', 'continue'];

const queuedActions: readonly QueuedAction[] = ['remove', 'edit', 'send'];
/** More than these are not asked for at once. */
const mostPaths = 200;

function countAt(value: Record<string, unknown>, name: string): number | undefined {
  const count = value[name];
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

function isSettingValue(value: unknown): value is SettingValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return value === null || isObject(value) || ['string', 'number', 'boolean'].includes(typeof value);
}

const errorCommands: readonly ErrorAction['command'][] = [
  'addProvider',
  'switchModel',
  'modelSettings',
  'testConnection',
  'pullModel',
  'allowOverBudget',
  'explainAuto',
  'compactAndRetry',
];
