const [esc, bell, shortCsi] = [27, 7, 0x9b].map((code) => String.fromCharCode(code));

/** A colour or a move of the cursor; a title, link or other string, which has an end; a character set; anything else of one letter. */
const csi = `(?:${esc}\\[|${shortCsi})`;
const text = `${esc}[\\]P^_X][^${bell}${esc}\\n]{0,500}`;
const whole = new RegExp(
  `${csi}[0-?]*[ -/]*[@-~]|${text}(?:${bell}|${esc}\\\\)|${esc}[ -/]+[0-~]|${esc}[0-OQ-WYZ\\\\\`-~]`,
  'g',
);
const begun = new RegExp(`(?:${csi}[0-?]*[ -/]*|${text}${esc}?|${esc}[ -/]*)$`);
const left = new RegExp(`[${esc}${shortCsi}]`, 'g');

/** A text without what only terminals understand. What may still become such an escape, at the end, is left out as well. */
export function withoutEscapes(given: string): string {
  if (given.search(left) < 0) return given;
  return given.replace(whole, '').replace(begun, '').replace(left, '');
}
