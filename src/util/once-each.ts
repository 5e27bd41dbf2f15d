/** Passes each sentence on once; beyond `most` different ones all may come again. */
export function onceEach(tell: (sentence: string) => void, most = 200): (sentence: string) => void {
  const told = new Set<string>();
  return (sentence) => {
    if (told.has(sentence)) return;
    if (told.size >= most) told.clear();
    told.add(sentence);
    tell(sentence);
  };
}
