import { commands, type QuickPickItem, QuickPickItemKind, ThemeIcon, window, workspace } from 'vscode';
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
        separator('When to suggest'),
        ...whenRows(place),
        separator('Snooze'),
        ...snoozeRows(snooze),
        separator('How to ask'),
        delayRow(place),
        aheadRow(place),
        separator('What happened'),
        {
          iconPath: new ThemeIcon('question'),
          label: 'Why No Suggestion?',
          run: () => commands.executeCommand('tutti.explainCompletion'),
        },
        {
          iconPath: new ThemeIcon('history'),
          label: 'Last Requests',
          run: () => commands.executeCommand('tutti.showCompletionRecords'),
        },
      ];
      await choose('Inline Completions', rows);
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
      return choose('Snooze Inline Completions', snoozeRows(snooze), 'No automatic suggestions for…');
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
  return { iconPath: new ThemeIcon('arrow-swap'), label: 'Switch Model…', description: model, run };
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
          label: 'Suggest While Typing',
          description: 'now: only when asked for',
          run: () => setChoice('trigger', 'automatic', place),
        }
      : {
          iconPath: new ThemeIcon('debug-pause'),
          label: 'Suggest Only When Asked For',
          description: 'now: while typing',
          run: () => setChoice('trigger', 'manual', place),
        },
  ];
  if (languageId !== undefined) rows.push(switchRow(`for ${languageId}`, languageId, place));
  const exceptions = everywhere || others.length === 0 ? '' : `but not for ${others.join(', ')}`;
  return [...rows, { ...switchRow('for Every Language', '*', place), description: exceptions }];
}

function switchRow(where: string, language: string, place: Place): Row {
  const on = isEnabled(language, place);
  return {
    iconPath: new ThemeIcon(on ? 'circle-slash' : 'check'),
    label: `Turn ${on ? 'Off' : 'On'} ${where}`,
    run: () => setEnabled(language, !on, place),
  };
}

function snoozeRows(snooze: Snooze): readonly Row[] {
  const { words } = snooze;
  const wake = {
    iconPath: new ThemeIcon('bell'),
    label: 'Wake Up',
    description: `quiet ${words}`,
    run: () => snooze.set(0),
  };
  const times = [
    ['5 Minutes', 5],
    ['15 Minutes', 15],
    ['1 Hour', 60],
    ['8 Hours', 480],
  ] as const;
  const rows = times.map(([time, minutes]) => ({
    iconPath: new ThemeIcon('bell-slash'),
    label: `Snooze for ${time}`,
    run: () => snooze.set(minutes),
  }));
  return words === undefined ? rows : [wake, ...rows];
}

function delayRow(place: Place): Row {
  const now = read('delayMs', place);
  const run = (): Promise<void> =>
    choose('Pause Before a Model Is Asked', [
      choice('Automatic', 'learned from how you type and what the model costs', 'delayMs', 'auto', place),
      ...[0, 75, 150, 300, 500].map((ms) => choice(`${ms} ms`, '', 'delayMs', ms, place)),
    ]);
  return {
    iconPath: new ThemeIcon('watch'),
    label: 'Delay…',
    description: typeof now === 'number' ? `${now} ms` : 'automatic',
    run,
  };
}

function aheadRow(place: Place): Row {
  const run = (): Promise<void> =>
    choose('Prepare the Suggestion After This One', [
      choice('Automatic', 'for models on this machine and models that cost nothing', 'ahead', 'auto', place),
      choice('Always', 'costs a second request for each suggestion', 'ahead', 'always', place),
      choice('Never', '', 'ahead', 'never', place),
    ]);
  const now = read('ahead', place);
  return {
    iconPath: new ThemeIcon('rocket'),
    label: 'Prepare Ahead…',
    description: now === 'auto' ? 'automatic' : String(now),
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
