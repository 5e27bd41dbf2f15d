import * as l10n from '@vscode/l10n';
import { cutToEnd } from '../context/cut-lines.ts';
import type { Read } from './attach-draft.ts';
import type { TerminalOutput } from './terminal-output.ts';

const mostCharacters = 30_000;

/** The last command and the end of what it said. */
export function readTerminal(last: TerminalOutput | undefined): Read {
  if (!last) {
    const reason = l10n.t(
      'Nothing has run since this chat was opened, in a terminal whose shell tells VS Code about its commands (shell integration).',
    );
    return { kind: 'refused', of: 'terminal', label: l10n.t('Terminal'), reason };
  }
  const { text, cut } = cutToEnd(last.text, mostCharacters);
  const ended = last.exitCode === undefined ? '' : `, exit code ${last.exitCode}`;
  return {
    kind: 'read',
    drafts: [
      {
        ...{ kind: 'terminal', label: last.command === '' ? last.name : shortened(last.command), files: [] },
        blocks: [
          {
            type: 'text',
            title: `Terminal${ended}`,
            languageId: 'plaintext',
            text: `$ ${last.command}\n${text}`,
          },
        ],
        ...(cut && { cut }),
      },
    ],
  };
}

function shortened(command: string): string {
  const line = command.split('\n', 1)[0] ?? '';
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
