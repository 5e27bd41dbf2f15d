// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controls = /[\x00-\x08\x0b-\x1f\x7f]/g;

/** What a terminal was sent, as it could be read there: without colours and cursor moves, overwritten lines as they ended. */
export function terminalText(sent: string): string {
  return sent
    .replaceAll(escapes, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => lastWritten(line).replaceAll(controls, '').trimEnd())
    .join('\n')
    .trim();
}

/** Progress bars write over their line again and again. */
const lastWritten = (line: string): string => line.split('\r').findLast((part) => part !== '') ?? '';
