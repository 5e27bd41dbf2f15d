import * as l10n from '@vscode/l10n';
import { commands, type QuickPickItem, QuickPickItemKind, ThemeIcon, window, workspace } from 'vscode';
import { listed } from '../util/in-language.ts';
import { numberAt } from '../util/json.ts';
import type { Command } from './command.ts';
import { isEnabled, ownLanguages, type Place, setChoice, setEnabled } from './completion-choices.ts';
import type { Snooze } from './completion-snooze.ts';

type Row = QuickPickItem & { readonly run?: () => unknown };

/** The choices behind the status bar entry: model, when to suggest, quiet, and what happened. */
export function completionMenuCommand(snooze: Snooze, currentModel: () => string): Command {
  return {
    id: 'tutti.completionMenu',
    async run() {
      const document = window.activeTextEditor?.document;
      const place = { uri: document?.uri, languageId: document?.languageId };
      const rows = [
        modelRow(currentModel()),
        separator(l10n.t('When to suggest')),
        ...whenRows(place),
        separator(l10n.t('Snooze')),
        ...snoozeRows(snooze),
        separator(l10n.t('How to ask')),
        delayRow(place),
        aheadRow(place),
        separator(l10n.t('What happened')),
        {
          iconPath: new ThemeIcon('question'),
          label: l10n.t('Why No Suggestion?'),
          run: () => commands.executeCommand('tutti.explainCompletion'),
        },
        {
          iconPath: new ThemeIcon('history'),
          label: l10n.t('Last Requests'),
          run: () => commands.executeCommand('tutti.showCompletionRecords'),
        },
      ];
      await choose(l10n.t('Inline Completions'), rows);
    },
  };
}

/** `tutti.snoozeCompletions` `{minutes?}`; 0 = wake up. */
export function snoozeCommand(snooze: Snooze): Command {
  return {
    id: 'tutti.snoozeCompletions',
    run(argument) {
      const minutes = numberAt(argument, 'minutes');
      if (minutes !== undefined) return snooze.set(minutes);
      return choose(l10n.t('Snooze Inline Completions'), snoozeRows(snooze), l10n.t('No automatic suggestions for…'));
    },
  };
}

async function choose(title: string, rows: readonly Row[], placeHolder?: string): Promise<void> {
  const row = await window.showQuickPick(rows, {
    title,
    matchOnDescription: true,
    ...(placeHolder && { placeHolder }),
  });
  await row?.run?.();
}

function modelRow(model: string): Row {
  const run = (): unknown => commands.executeCommand('tutti.switchModel', { role: 'completion' });
  return { iconPath: new ThemeIcon('arrow-swap'), label: l10n.t('Switch Model…'), description: model, run };
}

function whenRows(place: Place): readonly Row[] {
  const { languageId } = place;
  const manual = read('trigger', place) === 'manual';
  const everywhere = isEnabled('*', place);
  const others = ownLanguages(place).filter((language) => isEnabled(language, place) !== !everywhere);
  const rows: Row[] = [
    manual
      ? {
          iconPath: new ThemeIcon('play'),
          label: l10n.t('Suggest While Typing'),
          description: l10n.t('now: only when asked for'),
          run: () => setChoice('trigger', 'automatic', place),
        }
      : {
          iconPath: new ThemeIcon('debug-pause'),
          label: l10n.t('Suggest Only When Asked For'),
          description: l10n.t('now: while typing'),
          run: () => setChoice('trigger', 'manual', place),
        },
  ];
  if (languageId !== undefined) rows.push(switchRow(languageId, place));
  const exceptions = everywhere || others.length === 0 ? '' : l10n.t('but not for {0}', listed(others));
  return [...rows, { ...switchRow('*', place), description: exceptions }];
}

function switchRow(language: string, place: Place): Row {
  const on = isEnabled(language, place);
  const isAll = language === '*';
  const turnOff = isAll ? l10n.t('Turn Off for Every Language') : l10n.t('Turn Off for {0}', language);
  const turnOn = isAll ? l10n.t('Turn On for Every Language') : l10n.t('Turn On for {0}', language);
  return {
    iconPath: new ThemeIcon(on ? 'circle-slash' : 'check'),
    label: on ? turnOff : turnOn,
    run: () => setEnabled(language, !on, place),
  };
}

function snoozeRows(snooze: Snooze): readonly Row[] {
  const { words } = snooze;
  const wake = {
    iconPath: new ThemeIcon('bell'),
    label: l10n.t('Wake Up'),
    description: l10n.t('quiet {0}', words ?? ''),
    run: () => snooze.set(0),
  };
  const times = [
    [l10n.t('Snooze for 5 Minutes'), 5],
    [l10n.t('Snooze for 15 Minutes'), 15],
    [l10n.t('Snooze for 1 Hour'), 60],
    [l10n.t('Snooze for 8 Hours'), 480],
  ] as const;
  const rows = times.map(([label, minutes]) => ({
    iconPath: new ThemeIcon('bell-slash'),
    label,
    run: () => snooze.set(minutes),
  }));
  return words === undefined ? rows : [wake, ...rows];
}

function delayRow(place: Place): Row {
  const now = read('delayMs', place);
  const run = (): Promise<void> =>
    choose(l10n.t('Pause Before a Model Is Asked'), [
      choice(
        l10n.t('Automatic'),
        l10n.t('learned from how you type and what the model costs'),
        'delayMs',
        'auto',
        place,
      ),
      ...[0, 75, 150, 300, 500].map((ms) => choice(`${ms} ms`, '', 'delayMs', ms, place)),
    ]);
  return {
    iconPath: new ThemeIcon('watch'),
    label: l10n.t('Delay…'),
    description: typeof now === 'number' ? `${now} ms` : l10n.t('automatic'),
    run,
  };
}

const aheadNames: Readonly<Record<string, () => string>> = {
  auto: () => l10n.t('automatic'),
  always: () => l10n.t('always'),
  never: () => l10n.t('never'),
};

function aheadRow(place: Place): Row {
  const run = (): Promise<void> =>
    choose(l10n.t('Prepare the Suggestion After This One'), [
      choice(
        l10n.t('Automatic'),
        l10n.t('for models on this machine and models that cost nothing'),
        'ahead',
        'auto',
        place,
      ),
      choice(l10n.t('Always'), l10n.t('costs a second request for each suggestion'), 'ahead', 'always', place),
      choice(l10n.t('Never'), '', 'ahead', 'never', place),
    ]);
  const now = read('ahead', place);
  return {
    iconPath: new ThemeIcon('rocket'),
    label: l10n.t('Prepare Ahead…'),
    description: aheadNames[String(now)]?.() ?? String(now),
    run,
  };
}

function choice(label: string, description: string, name: string, value: unknown, place: Place): Row {
  const isIt = read(name, place) === value;
  return {
    iconPath: new ThemeIcon(isIt ? 'check' : 'blank'),
    label,
    description,
    run: () => setChoice(name, value, place),
  };
}

function read(name: string, { uri, languageId }: Place): unknown {
  const scope = uri && languageId !== undefined ? { uri, languageId } : (uri ?? null);
  return workspace.getConfiguration('tutti.completion', scope).get<unknown>(name);
}

const separator = (label: string): Row => ({ label, kind: QuickPickItemKind.Separator });
