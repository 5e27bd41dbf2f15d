import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CompareBarProps } from './compare-bar.tsx';
import type { ComparisonProps } from './comparison.tsx';

type Parts = { readonly Bar: ComponentType<CompareBarProps>; readonly Columns: ComponentType<ComparisonProps> };

/** Models to compare, above the composer; their code and style are read when they are first shown. */
export function CompareBarDoor(props: CompareBarProps) {
  const parts = useParts();
  return parts && <parts.Bar {...props} />;
}

/** Replies side by side. */
export function ComparisonDoor(props: ComparisonProps) {
  const parts = useParts();
  return parts && <parts.Columns {...props} />;
}

let loading: Promise<Parts> | undefined;

function useParts(): Parts | undefined {
  const [parts, setParts] = useState<Parts>();
  useEffect(() => {
    let isThere = true;
    loading ??= load();
    void loading.then((loaded) => isThere && setParts(loaded));
    return () => {
      isThere = false;
    };
  }, []);
  return parts;
}

async function load(): Promise<Parts> {
  const [{ CompareBar }, { Comparison }] = await Promise.all([
    import('./compare-bar.tsx'),
    import('./comparison.tsx'),
    loadStyle(),
  ]);
  return { Bar: CompareBar, Columns: Comparison };
}

/** Lies beside the page's other files. Without it the columns still can be read. */
function loadStyle(): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('compare.css', import.meta.url).href;
    link.onload = () => resolve();
    link.onerror = () => resolve();
    document.head.append(link);
  });
}
