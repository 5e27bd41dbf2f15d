import { describe, expect, it } from 'vitest';
import type { SettingName } from '../../../src/protocol/chat-view.ts';
import { readTyped, settingRows } from '../../../src/webview/settings/setting-rules.ts';

function check(name: SettingName, text: string, expected: string | number | null | { problem: RegExp }): void {
  const row = settingRows.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no row for ${name}`);
  it(`${name} "${text}"`, () => {
    const typed = readTyped(row, text);
    if (typeof expected !== 'object' || expected === null) expect(typed).toEqual({ valid: true, value: expected });
    else expect(typed).toEqual({ valid: false, problem: expect.stringMatching(expected.problem) });
  });
}

describe('readTyped', () => {
  check('temperature', '', null);
  check('temperature', '  ', null);
  check('temperature', '0', 0);
  check('temperature', ' 0.7 ', 0.7);
  check('temperature', '.5', 0.5);
  check('temperature', '2', 2);
  check('temperature', '2.1', { problem: /number from 0 to 2/ });
  check('temperature', '-0.1', { problem: /number from 0 to 2/ });
  check('temperature', '0,7', { problem: /number from 0 to 2, as in 0\.7/ });
  check('temperature', 'warm', { problem: /number from 0 to 2/ });
  check('topP', '1', 1);
  check('topP', '1e9', { problem: /from 0 to 1/ });
  check('topP', 'NaN', { problem: /from 0 to 1/ });
  check('maxOutputTokens', '4096', 4096);
  check('maxOutputTokens', '0', { problem: /whole number, 1 or more/ });
  check('maxOutputTokens', '10.5', { problem: /whole number/ });
  check('maxOutputTokens', '0x10', { problem: /whole number/ });
  check('maxOutputTokens', '99999999999999999999', { problem: /whole number/ });
  check('reasoningEffort', 'high', 'high');
  check('reasoningEffort', '', null);
  check('systemPrompt', 'Be brief.\n', 'Be brief.\n');
});
