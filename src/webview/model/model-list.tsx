import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ModelView, ShelfView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { useDismiss } from '../popup.ts';
import { arrangeModels, type Placed } from './arrange-models.ts';
import { ModelOption } from './model-option.tsx';
import { ModelTools } from './model-tools.tsx';
import { placeRows, type Row, visibleRows } from './visible-rows.ts';

interface ModelListProps {
  readonly models: readonly ModelView[];
  readonly shelf: ShelfView;
  /** The model in use. */
  readonly current: ModelView;
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** The user went elsewhere: focus stays where they put it. */
  readonly onDismiss: () => void;
  readonly onClose: () => void;
  readonly onChoose: (ref: string) => void;
  readonly onSettings: (ref: string) => void;
}

const pageSize = 8;

/** Every model there is, to be searched and chosen from. The cursor stays in the search field; arrows move in the list. */
export function ModelList(props: ModelListProps) {
  const { models, shelf, current, opener, onDismiss, onClose, onChoose, onSettings } = props;
  const { post } = useActions();
  const [query, setQuery] = useState('');
  const [showHidden, setShowHidden] = useState(false);
  /** Of the place the arrow keys are at; a ref alone stands for its last place, the one among its provider's. */
  const [pointed, setPointed] = useState(current.ref);
  const [scrollTop, setScrollTop] = useState(0);
  const popup = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useDismiss(popup, opener, onDismiss);
  // Before the next key can be pressed.
  useLayoutEffect(() => search.current?.focus(), []);

  const { sections, hiddenCount } = useMemo(
    () => arrangeModels(models, shelf, { query, current, showHidden }),
    [models, shelf, query, current, showHidden],
  );
  const listed = sections.flatMap(({ options }) => options);
  const at = listed.findIndex(({ key }) => key === pointed);
  const active = Math.max(0, at >= 0 ? at : listed.findIndex(({ model }) => model.ref === pointed));
  const pointedAt = listed[active];

  const [heights, setHeights] = useState({ heading: 26, option: 42, list: 400 });
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    const measure = () => {
      const line = Number.parseFloat(getComputedStyle(box).fontSize) || 13;
      setHeights({ heading: Math.round(line * 2), option: Math.round(line * 3.3), list: box.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const placed = useMemo(() => placeRows(sections, heights), [sections, heights.heading, heights.option]);
  const inSight = visibleRows(placed, scrollTop, heights.list);
  const activeRow = placed.rows.find((row) => row.kind === 'option' && row.at === active);

  // The one at the arrow keys is kept in sight, with its heading where it is the first below one.
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null || activeRow === undefined) return;
    const above = activeRow.top - heights.heading;
    if (above < box.scrollTop) box.scrollTop = above;
    const below = activeRow.top + heights.option + 2 - box.clientHeight;
    if (below > box.scrollTop) box.scrollTop = below;
    setScrollTop(box.scrollTop);
  }, [activeRow?.top, heights]);
  useEffect(() => {
    if (query !== '' && list.current) list.current.scrollTop = 0;
  }, [query]);

  const choose = ({ model }: Placed) => {
    if (model.unavailable === undefined) onChoose(model.ref);
  };
  const pin = ({ model, pinned }: Placed) => post({ type: 'pin-model', ref: model.ref, on: !pinned });
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageSize, PageUp: -pageSize };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = steps[event.key];
    if (step !== undefined && event.altKey && Math.abs(step) === 1) {
      event.preventDefault();
      if (pointedAt?.pinned) post({ type: 'move-pin', ref: pointedAt.model.ref, by: step < 0 ? -1 : 1 });
    } else if (step !== undefined) {
      event.preventDefault();
      const next = listed[Math.min(listed.length - 1, Math.max(0, active + step))];
      if (next !== undefined) setPointed(next.key);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (pointedAt) choose(pointedAt);
    }
  };

  const option = (row: Extract<Row, { kind: 'option' }>) => (
    <ModelOption
      key={row.placed.key}
      id={optionId(row.at)}
      placed={row.placed}
      top={row.top}
      position={row.at + 1}
      count={listed.length}
      active={row.at === active}
      selected={row.placed.model.ref === current.ref}
      onChoose={choose}
      onPin={pin}
      onSettings={({ model }) => onSettings(model.ref)}
    />
  );
  return (
    <div class="popup model-list" ref={popup} data-testid="model-list">
      <div class="search">
        <Icon name="search" />
        <input
          ref={search}
          type="text"
          role="combobox"
          aria-label={l10n.t('Search models')}
          aria-expanded="true"
          aria-controls="model-options"
          aria-activedescendant={pointedAt && optionId(active)}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          placeholder={l10n.t('Search {0} models', models.filter(({ kind }) => kind === undefined).length)}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setPointed('');
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id="model-options"
        class="options"
        ref={list}
        role="listbox"
        aria-label={l10n.t('Models')}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      >
        <div class="options-all" role="presentation" style={{ height: `${placed.height}px` }}>
          {sections.map((section) => {
            const rows = inSight.filter((row) => row.kind === 'option' && section.options.includes(row.placed));
            const heading = inSight.find((row) => row.kind === 'heading' && row.section === section);
            if (rows.length === 0 && heading === undefined) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a listbox
              <div key={section.key} role="group" aria-label={section.label}>
                {heading && (
                  <div class="option-group" role="presentation" style={{ top: `${heading.top}px` }}>
                    {section.label}
                  </div>
                )}
                {rows.map((row) => row.kind === 'option' && option(row))}
              </div>
            );
          })}
        </div>
      </div>
      {(listed.length === 0 || models.length === 0) && (
        <p class="options-empty" role="status">
          {models.length === 0
            ? l10n.t('No models yet: add a provider to get some.')
            : l10n.t('No model matches “{0}”.', query)}
        </p>
      )}
      <ModelTools
        pointed={pointedAt}
        hiddenCount={hiddenCount}
        showHidden={showHidden}
        onShowHidden={setShowHidden}
        onPin={pin}
        onSettings={({ model }) => onSettings(model.ref)}
        onAdd={() => {
          onClose();
          post({ type: 'error-action', command: 'addProvider' });
        }}
      />
    </div>
  );
}

const optionId = (place: number): string => `model-option-${place}`;
