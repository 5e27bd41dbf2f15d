import { Icon } from '../icon.tsx';

interface ToolCallProps {
  readonly name: string;
  /** JSON as the model wrote it. */
  readonly args: string;
}

/** A line of it is always seen; a model may pass a whole file. */
const longestLine = 200;
const longestShown = 20_000;

/** A tool that the model called, folded to one line. */
export function ToolCall({ name, args }: ToolCallProps) {
  return (
    <details class="tool-call">
      <summary>
        <Icon name="tools" />
        <span class="tool-name">{name}</span>
        <code>{args.slice(0, longestLine)}</code>
      </summary>
      <pre>{readable(args).slice(0, longestShown)}</pre>
    </details>
  );
}

function readable(args: string): string {
  try {
    return JSON.stringify(JSON.parse(args), null, 2);
  } catch {
    // Still coming, or never was JSON.
    return args;
  }
}
