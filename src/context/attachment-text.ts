import type { ImagePart, TextPart } from '../llm/message.ts';
import type { Attachment, Block, Cut, TextBlock } from './attachment.ts';

/**
 * What a model reads of a message with attachments: these first, each under a heading that says what it is, then what was
 * written. The same attachments always say the same bytes.
 */
export function withAttachments(
  attachments: readonly Attachment[],
  written: readonly (TextPart | ImagePart)[],
): readonly (TextPart | ImagePart)[] {
  if (attachments.length === 0) return written;
  const parts: (TextPart | ImagePart)[] = [];
  const say = (text: string): void => {
    const last = parts.at(-1);
    if (last?.type === 'text') parts[parts.length - 1] = { type: 'text', text: `${last.text}\n\n${text}` };
    else parts.push({ type: 'text', text });
  };
  say('Attached to this message:');
  for (const attachment of attachments) {
    for (const block of attachment.blocks) {
      say(headingOf(block));
      if (block.type === 'text') say(fenced(block));
      else parts.push({ type: 'image', mediaType: block.mediaType, base64: block.base64 });
    }
    if (attachment.cut) say(`(Not all of it: ${wordCut(attachment.cut)}.)`);
  }
  say('---');
  for (const part of written) {
    if (part.type === 'text') say(part.text);
    else parts.push(part);
  }
  return parts;
}

function headingOf(block: Block): string {
  if (block.type === 'image' || block.lines === undefined) return `### ${block.title}`;
  const { first, last } = block.lines;
  return `### ${block.title}, ${first === last ? `line ${first}` : `lines ${first}-${last}`}`;
}

/** The fence is longer than any in the text, so that the text cannot end it. */
function fenced({ languageId, text }: TextBlock): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${languageId === 'plaintext' ? '' : languageId}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

const wordCut = ({ unit, kept, of }: Cut): string => `${kept} of ${of} ${unit} are shown`;
