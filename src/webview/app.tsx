import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatView, ModelView } from '../protocol/chat-view.ts';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { ModelSettingsView } from '../protocol/model-settings-view.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { type Actions, ActionsContext } from './actions.ts';
import { announcement } from './chat/announcements.ts';
import { EmptyChat } from './chat/empty-chat.tsx';
import { MessageList } from './chat/message-list.tsx';
import { CompareBarDoor } from './compare/compare-door.tsx';
import { mostCompared } from './compare/most-compared.ts';
import { Composer } from './composer/composer.tsx';
import { QueuedMessages } from './composer/queued-messages.tsx';
import type { SuggestionsAnswer } from './composer/use-suggestions.ts';
import { InstructionLine } from './context/instruction-line.tsx';
import { WindowMeter } from './context/window-meter.tsx';
import { WindowNotice } from './context/window-notice.tsx';
import { HistoryDoor } from './history/history-door.tsx';
import { Icon, IconButton } from './icon.tsx';
import { ModelList } from './model/model-list.tsx';
import { LazySettingsPanel } from './settings/lazy-settings.tsx';

/** What the host asks of the page itself, not of the chat. */
export type PageCommand = Extract<
  ToWebview,
  { type: 'focus-composer' | 'open-settings' | 'open-history' | 'choose-compared' }
>;

interface AppProps {
  readonly view: ChatView;
  /** The latest one; obeyed once. */
  readonly command: PageCommand | undefined;
  /** Of the model whose settings were last asked for. */
  readonly modelSettings: ModelSettingsView | undefined;
  /** The host's latest answer to what was typed behind `@` or `/`. */
  readonly suggestions: SuggestionsAnswer | undefined;
  readonly initialDraft: string;
  readonly onDraft: (text: string) => void;
  readonly post: (message: FromWebview) => void;
}

/** For which reply another model is being chosen. */
interface RetryWith {
  readonly messageId: string;
  readonly opener: RefObject<HTMLButtonElement | null>;
}

/** The whole page. Truth is in `view`; what it keeps itself is what is being typed and which popup is open. */
export function App({ view, command, modelSettings, suggestions, initialDraft, onDraft, post }: AppProps) {
  const [draft, setDraft] = useState(initialDraft);
  const [popup, setPopup] = useState<'models' | 'settings' | 'compare' | undefined>(undefined);
  /** The next message is for these, side by side. */
  const [compareWith, setCompareWith] = useState<readonly string[] | undefined>(undefined);
  /** What is searched in the list of all chats; undefined = it is closed. */
  const [history, setHistory] = useState<string | undefined>(undefined);
  const [askedModel, setAskedModel] = useState<string | undefined>(undefined);
  const [spoken, announce] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const modelButton = useRef<HTMLButtonElement>(null);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const compareAdder = useRef<HTMLButtonElement>(null);
  const [retryWith, setRetryWith] = useState<RetryWith | undefined>(undefined);
  const actions = useMemo<Actions>(
    () => ({
      post,
      announce,
      focusComposer: () => input.current?.focus(),
      chooseModelFor: (messageId, opener) => {
        post({ type: 'refresh-models' });
        setPopup(undefined);
        setRetryWith({ messageId, opener });
      },
    }),
    [post],
  );

  const seen = useRef<ChatView>(undefined);
  useEffect(() => {
    const words = announcement(seen.current, view);
    seen.current = view;
    if (words !== undefined) announce(words);
  }, [view]);

  const write = (text: string) => {
    setDraft(text);
    onDraft(text);
  };
  const offered = useRef('');
  /** Puts a prompt into the composer without losing what the user wrote there. */
  const offer = (text: string) => {
    const free = draft.trim() === '' || draft === offered.current;
    offered.current = text;
    write(free ? text : `${draft}\n${text}`);
    input.current?.focus();
  };
  useEffect(() => {
    if (command?.type === 'open-settings') openSettings(command.model);
    setHistory(command?.type === 'open-history' ? command.search : undefined);
    if (command?.type === 'choose-compared') chooseCompared(command.models);
    if (command?.type !== 'focus-composer') return;
    if (command.text === undefined) input.current?.focus();
    else offer(command.text);
  }, [command]);

  const compact = () => post({ type: 'compact' });
  const chooseCompared = (models: readonly string[]) => {
    post({ type: 'refresh-models' });
    const own = view.model.unavailable === undefined && view.model.ref !== 'auto' ? [view.model.ref] : [];
    setCompareWith(models.length > 0 ? models.slice(0, mostCompared) : own);
    input.current?.focus();
  };
  const send = (text: string) => {
    if (compareWith === undefined || compareWith.length < 2) return post({ type: 'send', text });
    post({ type: 'compare', text, models: compareWith });
    setCompareWith(undefined);
  };
  const openModels = () => {
    post({ type: 'refresh-models' });
    setPopup('models');
  };
  /** Of the model in use where none is named. */
  const openSettings = (model?: string) => {
    post({ type: 'open-model-settings', ...(model !== undefined && { model }) });
    setAskedModel(model);
    setPopup('settings');
  };
  useLayoutEffect(() => {
    if (popup !== 'settings') return;
    return () => post({ type: 'close-model-settings' });
  }, [popup, post]);
  const dismiss = useCallback(() => setPopup(undefined), []);
  /** Focus goes back first: a field left by it still stores what was typed. */
  const closePopup = () => {
    const openers = { settings: settingsButton, models: modelButton, compare: compareAdder };
    if (popup !== undefined) openers[popup].current?.focus();
    setPopup(undefined);
  };
  const dismissRetryWith = useCallback(() => setRetryWith(undefined), []);
  const closeRetryWith = () => {
    retryWith?.opener.current?.focus();
    setRetryWith(undefined);
  };
  const closeHistory = () => {
    setHistory(undefined);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (retryWith !== undefined) closeRetryWith();
    else if (popup !== undefined) closePopup();
    else if (history !== undefined) closeHistory();
    else if (view.busy) post({ type: 'stop' });
    else return;
    event.preventDefault();
  };
  // Wherever the focus is, even nowhere: Escape closes what is open, else it stops the reply.
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });

  return (
    <ActionsContext.Provider value={actions}>
      <main class="app">
        <h1 class="for-screen-reader">{view.title === '' ? 'Tutti' : view.title}</h1>
        {view.messages.length === 0 ? (
          <EmptyChat model={view.model} onExample={offer} onChooseModel={openModels} />
        ) : (
          <MessageList key={view.chatId} view={view} />
        )}
        <div class="composer-frame">
          <QueuedMessages queue={view.queue} busy={view.busy} comparing={view.compare !== undefined} />
          {popup === 'compare' && (
            <ModelList
              models={view.models.filter(
                ({ ref, kind }) => kind === undefined && ref !== 'auto' && !compareWith?.includes(ref),
              )}
              shelf={view.shelf}
              current={view.model}
              opener={compareAdder}
              onDismiss={dismiss}
              onClose={closePopup}
              onChoose={(ref) => {
                dismiss();
                input.current?.focus();
                setCompareWith([...(compareWith ?? []), ref]);
              }}
              onSettings={openSettings}
            />
          )}
          {compareWith !== undefined && (
            <CompareBarDoor
              chosen={compareWith}
              models={view.models}
              adder={compareAdder}
              onChange={setCompareWith}
              onAdd={() => {
                post({ type: 'refresh-models' });
                setPopup('compare');
              }}
              onClose={() => {
                setCompareWith(undefined);
                input.current?.focus();
              }}
            />
          )}
          {retryWith !== undefined && (
            <ModelList
              models={view.models.filter(({ kind }) => kind !== 'chain' && kind !== 'preset')}
              shelf={view.shelf}
              current={writerOf(view, retryWith.messageId)}
              opener={retryWith.opener}
              onDismiss={dismissRetryWith}
              onClose={closeRetryWith}
              onChoose={(model) => {
                dismissRetryWith();
                input.current?.focus();
                post({ type: 'retry', messageId: retryWith.messageId, model });
              }}
              onSettings={(ref) => {
                dismissRetryWith();
                openSettings(ref);
              }}
            />
          )}
          {popup === 'models' && (
            <ModelList
              models={view.models}
              shelf={view.shelf}
              current={view.model}
              opener={modelButton}
              onDismiss={dismiss}
              onClose={closePopup}
              onChoose={(ref) => {
                dismiss();
                input.current?.focus();
                post({ type: 'select-model', ref });
              }}
              onSettings={openSettings}
            />
          )}
          {popup === 'settings' && (
            <LazySettingsPanel
              settings={askedModel === undefined || modelSettings?.model === askedModel ? modelSettings : undefined}
              label={askedModel ?? view.model.label}
              opener={settingsButton}
              onDismiss={dismiss}
              onClose={closePopup}
            />
          )}
          {view.window && <WindowNotice window={view.window} busy={view.busy} onCompact={compact} />}
          {view.instructions && <InstructionLine instructions={view.instructions} />}
          <Composer
            input={input}
            draft={draft}
            onDraft={write}
            busy={view.busy}
            recall={view.recall}
            attachments={view.attachments}
            suggestions={suggestions}
            onSend={send}
            onStop={() => post({ type: 'stop' })}
          >
            <button
              ref={modelButton}
              type="button"
              class="model-button"
              data-testid="model-button"
              title={view.model.unavailable ?? `${view.model.ref}\n${view.model.detail}`}
              aria-label={
                view.model.unavailable === undefined
                  ? l10n.t('Model: {0}', view.model.label)
                  : l10n.t('Model: {0}, unavailable', view.model.label)
              }
              aria-haspopup="listbox"
              aria-expanded={popup === 'models'}
              onClick={popup === 'models' ? closePopup : openModels}
            >
              {view.model.unavailable !== undefined && <Icon name="warning" />}
              <span class="model-button-label">{view.model.label}</span>
              <Icon name="chevron-down" />
            </button>
            <button
              ref={settingsButton}
              type="button"
              class="icon-button"
              title={l10n.t('Model settings')}
              aria-label={l10n.t('Model settings')}
              aria-haspopup="dialog"
              aria-expanded={popup === 'settings'}
              onClick={popup === 'settings' ? closePopup : () => openSettings()}
            >
              <Icon name="gear" />
            </button>
            <span class="spring" />
            {view.window && <WindowMeter window={view.window} onCompact={compact} />}
            <IconButton
              icon="split-horizontal"
              label={l10n.t('Compare models')}
              testId="compare-models"
              pressed={compareWith !== undefined}
              onClick={() => (compareWith === undefined ? chooseCompared([]) : setCompareWith(undefined))}
            />
          </Composer>
        </div>
        {history !== undefined && <HistoryDoor search={history} onClose={closeHistory} />}
        <p class="for-screen-reader" role="status">
          {spoken}
        </p>
      </main>
    </ActionsContext.Provider>
  );
}

/** The model that wrote a reply; without a ref where the list has none of that name. */
function writerOf({ messages, models }: ChatView, messageId: string): ModelView {
  const name = messages.find((message) => message.id === messageId)?.model;
  const known = models.find(({ ref, label }) => ref === name || label === name);
  return known ?? { ref: '', label: name ?? '', provider: '', detail: '' };
}
