import { describe, expect, it } from 'vitest';
import { activeRivals, rivals, switchOff } from '../../src/completion/rivals.ts';

const settings =
  (values: Readonly<Record<string, unknown>>) =>
  (name: string): unknown =>
    values[name];
const rivalOf = (id: string) => {
  const found = rivals.find(({ ids }) => ids.includes(id));
  if (!found) throw new Error(id);
  return found;
};

describe('another extension that suggests', () => {
  const check = (installed: readonly string[], values: Readonly<Record<string, unknown>>, names: readonly string[]) =>
    expect(activeRivals((id) => installed.includes(id), settings(values)).map(({ name }) => name)).toEqual(names);

  it('is none where none is installed', () => check(['esbenp.prettier-vscode', 'saoudrizwan.claude-dev'], {}, []));
  it('is one that is installed', () =>
    check(['continue.continue'], { 'continue.enableTabAutocomplete': true }, ['Continue']));
  it('is not one whose suggestions are off', () =>
    check(['continue.continue'], { 'continue.enableTabAutocomplete': false }, []));
  it('is one where a single language is on', () =>
    check(['github.copilot'], { 'github.copilot.enable': { '*': false, go: true } }, ['GitHub Copilot']));
  it('is not one where all languages are off', () =>
    check(['github.copilot'], { 'github.copilot.enable': { '*': false, markdown: false } }, []));
  it('is one under either of its ids, once', () =>
    check(['github.copilot', 'github.copilot-chat'], {}, ['GitHub Copilot']));
  it('is one that has no switch', () => check(['tabnine.tabnine-vscode'], {}, ['Tabnine']));
  it('is asked for by ids in small letters', () =>
    expect(
      rivals.flatMap(({ ids }) => ids).filter((id) => id !== id.toLowerCase() || !/^[\w-]+\.[\w-]+$/.test(id)),
    ).toEqual([]));
});

describe('switching it off', () => {
  const check = (id: string, values: Readonly<Record<string, unknown>>, written: unknown) =>
    expect(switchOff(rivalOf(id), settings(values))).toEqual(written);

  it('writes its own setting', () =>
    check(
      'continue.continue',
      { 'continue.enableTabAutocomplete': true },
      {
        setting: 'continue.enableTabAutocomplete',
        value: false,
      },
    ));
  it('writes a word where that is its way', () =>
    check(
      'tabbyml.vscode-tabby',
      { 'tabby.inlineCompletion.triggerMode': 'automatic' },
      {
        setting: 'tabby.inlineCompletion.triggerMode',
        value: 'manual',
      },
    ));
  it('leaves no language on', () =>
    check(
      'github.copilot',
      { 'github.copilot.enable': { '*': true, go: true, markdown: false } },
      {
        setting: 'github.copilot.enable',
        value: { '*': false, go: false, markdown: false },
      },
    ));
  it('writes no setting that this version of it does not know', () => check('continue.continue', {}, undefined));
  it('cannot be done by a setting where there is none', () => check('tabnine.tabnine-vscode', {}, undefined));
});
