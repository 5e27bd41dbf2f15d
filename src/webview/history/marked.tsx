/** The text with every searched word marked where a word begins with it, or anywhere in writing without blanks. */
export function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  const words = search
    .split(/[\s"'()[\]{}<>]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}|\\/()[\]-]/g, '\\$&'));
  if (words.length === 0) return <>{text}</>;
  const parts = text.split(new RegExp(`(${words.join('|')})`, 'giu'));
  return <>{parts.map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))}</>;
}
