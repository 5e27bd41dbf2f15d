import * as l10n from '@vscode/l10n';
import { type AssistantPart, textOf } from '../llm/message.ts';
import type { ArchivedChat } from './archive.ts';
import { pathTo, readTurn, type Turn } from './turn.ts';

/** A chat to be read by people: the branch that was last written, and how many others there are. */
export function chatMarkdown(chat: ArchivedChat): string {
  const turns = new Map<string, Turn>();
  for (const row of chat.turns) {
    const turn = readTurn(row, row.body);
    if (turn) turns.set(turn.id, turn);
  }
  const path = pathTo(turns, chat.head !== undefined && turns.has(chat.head) ? chat.head : [...turns.keys()].at(-1));
  const parents = new Set([...turns.values()].map(({ parentId }) => parentId));
  const branches = [...turns.keys()].filter((id) => !parents.has(id)).length;
  const facts = [new Date(chat.createdAt).toISOString().slice(0, 16).replace('T', ' '), chat.workspace ?? ''];
  if (branches > 1) facts.push(l10n.t('one of {0} branches', branches));
  return `# ${chat.title.replace(/\s+/g, ' ')}\n\n_${facts.filter((fact) => fact !== '').join(' · ')}_\n\n${path.map(section).join('\n')}`;
}

function section(turn: Turn): string {
  if (turn.kind === 'user') {
    const attached = (turn.attachments ?? []).map(({ label }) => `\`${label}\``).join(' ');
    return `## ${l10n.t('You')}\n\n${attached === '' ? '' : `${attached}\n\n`}${(turn.typed ?? textOf(turn.message)).trimEnd()}\n`;
  }
  const parts = turn.message.content.map(partMarkdown).filter((text) => text !== '');
  const failure = turn.error ? [`> ${l10n.t('The reply failed: {0}', turn.error.message)}`] : [];
  return `## ${turn.message.model}\n\n${[...parts, ...failure].join('\n\n')}\n`;
}

/** A fence that nothing inside can close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}

function partMarkdown(part: AssistantPart): string {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text.trimEnd();
    case 'tool-call':
      return `\`${part.name}\`\n\n${fenced(part.arguments)}`;
    case 'reasoning':
    case 'opaque':
      return '';
  }
}
