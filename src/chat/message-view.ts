import * as l10n from '@vscode/l10n';
import { textOf } from '../llm/message.ts';
import { noModelRef } from '../llm/model-ref.ts';
import { type Notice, writtenTokens } from '../llm/stream-event.ts';
import type { BranchView, MessageView, PartView, UsageView } from '../protocol/chat-view.ts';
import { attachmentView } from './attachment-view.ts';
import type { AssistantTurn, Turn } from './turn.ts';
import { wordError, wordNotice, wordUnfinished } from './wording.ts';

/** A turn as the webview draws it; `branch`: where it stands among its siblings. */
export function messageView(turn: Turn, branch?: BranchView): MessageView {
  if (turn.kind === 'user') {
    return {
      id: turn.id,
      role: 'user',
      parts: [
        ...turn.message.content.flatMap((part) => (part.type === 'image' ? [part] : [])),
        { type: 'text', text: turn.typed ?? textOf(turn.message) },
      ],
      state: 'done',
      ...(branch && { branch }),
      ...(turn.attachments && { attachments: turn.attachments.map(attachmentView) }),
      notices: turn.notes ?? [],
      ...(turn.typed !== undefined && { expanded: textOf(turn.message) }),
      ...(turn.summary && { summary: turn.summary }),
    };
  }
  const usage = usageView(turn);
  const { model } = turn.message;
  return {
    id: turn.id,
    role: 'assistant',
    parts: partViews(turn),
    state: turn.state,
    ...(branch && { branch }),
    ...(turn.message.citations && { sources: turn.message.citations }),
    ...(model !== noModelRef && { model }),
    notices: [
      ...turn.notices.filter((notice) => isWorthTelling(notice, turn)).map(wordNotice),
      ...(turn.unfinished ? [wordUnfinished()] : []),
    ],
    ...(usage && { usage }),
    ...belowReply(turn),
    ...(turn.error && { error: wordError(turn.error, model === noModelRef ? l10n.t('the model') : model) }),
  };
}

/** What stands under the reply: which model Auto took, and which could go on where it broke off. */
function belowReply({ notices, state }: AssistantTurn): Pick<MessageView, 'auto' | 'continueWith'> {
  const auto = notices.find((notice) => notice.kind === 'auto');
  const other = notices.findLast((notice) => notice.kind === 'continue-with');
  return {
    ...(auto && { auto: wordNotice(auto) }),
    ...(other && state === 'failed' && { continueWith: other.model }),
  };
}

/** That a model is being loaded is of interest until it speaks. */
function isWorthTelling(notice: Notice, turn: AssistantTurn): boolean {
  if (notice.kind === 'auto' || notice.kind === 'continue-with') return false;
  return notice.kind !== 'loading-model' || (turn.state === 'streaming' && turn.firstTokenMs === undefined);
}

function partViews(turn: AssistantTurn): readonly PartView[] {
  const parts = turn.message.content.flatMap(partView);
  const { thoughtMs } = turn;
  if (!thoughtMs) return parts;
  const thoughts = parts.filter((part) => part.type === 'reasoning').length;
  // What came as one stretch may stand as several parts in the whole reply: the time is then that of all.
  const times = thoughts > thoughtMs.length && turn.state !== 'streaming' ? [sum(thoughtMs)] : thoughtMs;
  let thought = 0;
  return parts.map((part) => {
    const ms = part.type === 'reasoning' ? times[thought++] : undefined;
    return part.type === 'reasoning' && ms !== undefined ? { ...part, ms } : part;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function partView(part: AssistantTurn['message']['content'][number]): readonly PartView[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: part.type, text: part.text }];
    case 'reasoning':
      // Redacted reasoning has nothing to show.
      return part.text === '' ? [] : [{ type: 'reasoning', text: part.text }];
    case 'opaque':
      return [];
    case 'tool-call':
      return [{ type: 'tool-call', name: part.name, arguments: part.arguments }];
  }
}

function usageView(turn: AssistantTurn): UsageView | undefined {
  const { usage } = turn;
  if (!usage) return undefined;
  return {
    inputTokens: usage.input,
    outputTokens: writtenTokens(usage),
    estimated: usage.estimated === true,
    totalMs: turn.totalMs ?? 0,
    ...(usage.cached !== undefined && usage.cached > 0 && { cachedTokens: usage.cached }),
    ...(turn.cost !== undefined && { cost: turn.cost }),
    ...(turn.firstTokenMs !== undefined && { firstTokenMs: turn.firstTokenMs }),
  };
}
