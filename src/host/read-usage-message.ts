import type { UsageFormat, UsageFromWebview } from '../protocol/usage-from-webview.ts';
import type { UsageFilterView, UsageRange } from '../protocol/usage-view.ts';
import { isObject, objectAt, stringAt } from '../util/json.ts';

/** The message of the usage page, if every field of it is what the protocol says; else undefined. */
export function readUsageMessage(value: unknown): UsageFromWebview | undefined {
  if (!isObject(value)) return undefined;
  const filter = readUsageFilter(objectAt(value, 'filter'));
  switch (value['type']) {
    case 'need-usage':
      return filter && { type: 'need-usage', filter };
    case 'export-usage': {
      const format = formats.find((known) => known === value['format']);
      return format && filter && { type: 'export-usage', format, filter };
    }
    case 'open-budget-settings':
      return { type: 'open-budget-settings' };
    default:
      return undefined;
  }
}

/** A filter as the page or a keybinding writes it; undefined where the range is none. */
export function readUsageFilter(value: unknown): UsageFilterView | undefined {
  const range = ranges.find((known) => known === stringAt(value, 'range'));
  if (range === undefined) return undefined;
  const [model, provider, role] = ['model', 'provider', 'role'].map((name) => stringAt(value, name));
  return {
    range,
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    ...(role !== undefined && { role }),
  };
}

const ranges: readonly UsageRange[] = ['today', '7-days', '30-days', 'all'];
const formats: readonly UsageFormat[] = ['csv', 'json'];
