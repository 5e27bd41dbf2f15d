import { describe, expect, it } from 'vitest';
import type { SettingName, SettingValue } from '../../../src/protocol/model-settings-view.ts';
import { isObject, readTyped, settingRules } from '../../../src/webview/settings/setting-rules.ts';

function check(name: SettingName, text: string, expected: SettingValue | { problem: RegExp }): void {
  const row = settingRules[name];
  it(`${name} "${text}"`, () => {
    const typed = readTyped(row, text);
    const problem = isObject(expected) && expected['problem'];
    if (problem instanceof RegExp)
      expect(typed).toMatchObject({ valid: false, problem: expect.stringMatching(problem) });
    else expect(typed).toEqual({ valid: true, value: expected });
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
  check('stop', 'END\n\nstop here', ['END', 'stop here']);
  check('stop', '\n', null);
  check('extraBody', '{ "seed": 7 }', { seed: 7 });
  check('extraBody', '[1]', { problem: /object/ });
  check('extraBody', '{\n  "seed": 7,\n}', { problem: /^Line 3, column 1: / });
  check('extraBody', '{ "seed": ', { problem: /^Line 1, column 10: / });
});

describe('where JSON goes wrong', () => {
  it('is pointed at', () => {
    const typed = readTyped(settingRules.extraBody, '{ "seed": seven }');
    expect(typed).toMatchObject({ valid: false, excerpt: '{ "seed": seven }\n          ^' });
  });
});
