import * as l10n from '@vscode/l10n';
import type { MessageView, PartView } from '../../protocol/chat-view.ts';
import { Icon } from '../icon.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import { memo } from '../memo.ts';
import { StoredImage } from './stored-image.tsx';
import { ToolCall } from './tool-call.tsx';
import { duration } from './usage-text.ts';

/** What a message says, part by part. */
export function MessageParts({ message }: { readonly message: MessageView }) {
  const last = message.parts.length - 1;
  return (
    <>
      {message.parts.map((part, index) => (
        <Part key={index} part={part} role={message.role} complete={message.state !== 'streaming' || index < last} />
      ))}
    </>
  );
}

interface PartProps {
  readonly part: PartView;
  readonly role: MessageView['role'];
  readonly complete: boolean;
}

const Part = memo(({ part, role, complete }: PartProps) => {
  switch (part.type) {
    case 'text':
      // What the user wrote is shown letter by letter.
      return role === 'user' ? <p class="typed">{part.text}</p> : <Markdown text={part.text} complete={complete} />;
    case 'reasoning':
      return (
        <details class="reasoning">
          <summary>{thoughtTitle(part.ms, complete)}</summary>
          <Markdown text={part.text} complete={complete} />
        </details>
      );
    case 'refusal':
      return (
        <div class="refusal">
          <Icon name="warning" />
          <div>
            <p class="refusal-title">{l10n.t('The model declined to answer')}</p>
            <Markdown text={part.text} complete={complete} />
          </div>
        </div>
      );
    case 'image':
      return <StoredImage mediaType={part.mediaType} base64={part.base64} />;
    case 'tool-call':
      return <ToolCall name={part.name} args={part.arguments} />;
  }
});

function thoughtTitle(ms: number | undefined, complete: boolean): string {
  if (ms !== undefined) return l10n.t('Thought for {0}', duration(ms));
  return complete ? l10n.t('Thought') : l10n.t('Thinking…');
}
