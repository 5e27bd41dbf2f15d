import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { stylesheet } from '../stylesheet.ts';
import type { CompareBarProps } from './compare-bar.tsx';
import type { ComparisonProps } from './comparison.tsx';

type Parts = { readonly Bar: ComponentType<CompareBarProps>; readonly Columns: ComponentType<ComparisonProps> };

let loading: Promise<Parts> | undefined;

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
    stylesheet('compare.css'),
  ]);
  return { Bar: CompareBar, Columns: Comparison };
}
