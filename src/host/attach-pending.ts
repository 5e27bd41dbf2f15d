import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import { attachmentView } from '../chat/attachment-view.ts';
import { type Attachment, filesOf } from '../context/attachment.ts';
import { type Mention, readMention } from '../context/mention.ts';
import type { AttachmentView } from '../protocol/chat-view.ts';
import { messageOf } from '../util/message-of.ts';
import { complete, type Read } from './attach-draft.ts';
import { labelOf, readFile } from './attach-file.ts';
import { readImage } from './attach-image.ts';
import type { AttachService } from './attach-service.ts';
import { fileOf } from './document-path.ts';
import { type Shown, shownOf } from './editor-in-front.ts';

export interface PendingPorts {
  readonly service: AttachService;
  /** Whether what the editor in front shows goes along by itself; remembered. */
  readonly followsEditor: { get(): boolean; set(on: boolean): void };
  /** Why only a local model may see what the editor in front shows; undefined = any may. */
  readonly localOnlyBecause: (uri: string) => Promise<string | undefined>;
  /** What the chat has been shown already. */
  readonly sent: () => readonly Attachment[];
  /** `views` are others. */
  readonly changed: () => void;
}

/** What the model in use may be shown. */
export interface ModelTaking {
  readonly isLocal: boolean;
  /** Why it takes no pictures; absent = it does, or nobody knows. */
  readonly imagesRefused?: string;
}

type Item = { readonly id: string; readonly view: AttachmentView } & (
  | { readonly state: 'reading'; readonly done: Promise<void>; readonly abort: AbortController }
  | { readonly state: 'ready'; readonly attachment: Attachment }
  | { readonly state: 'refused' }
);

/** The editor is asked again when it has been still for so long. */
const settleMs = 80;
const editorId = 'editor';

/** What goes along with the next message of one chat: what was attached, and by default what the editor in front shows. */
export class PendingAttachments {
  readonly #ports: PendingPorts;
  readonly #listener: { dispose(): void };
  #items: readonly Item[] = [];
  #editor: Item | undefined;
  #editorLooks = 0;
  #timer: NodeJS.Timeout | undefined;
  #model: ModelTaking = { isLocal: false };

  constructor(ports: PendingPorts) {
    this.#ports = ports;
    this.#listener = ports.service.onDidChangeEditor(() => this.#editorChanged());
    void this.#lookAtEditor();
  }

  views(): readonly AttachmentView[] {
    const editor = this.#editor && !this.#isAttached(this.#editor.view) ? [this.#editor] : [];
    return [...editor, ...this.#items].map(({ view }) =>
      this.#isBlocked(view) && view.refused === undefined ? withReason(view, this.#model.imagesRefused) : view,
    );
  }

  /** To be told when the chat asks another model. */
  setModel(model: ModelTaking): void {
    const before = this.#model;
    this.#model = model;
    if (before.isLocal !== model.isLocal) void this.#lookAtEditor();
    if (before.imagesRefused !== model.imagesRefused) this.#tell();
  }

  /** The same model, with more to say about it. */
  setImagesRefused(imagesRefused: string): void {
    this.setModel({ ...this.#model, imagesRefused });
  }

  /** What was attached by hand and has been read. */
  get attached(): readonly Attachment[] {
    return this.#items.flatMap((item) => (item.state === 'ready' ? [item.attachment] : []));
  }

  /** What all that goes along would add to the next request. */
  get tokens(): number {
    return this.#going().reduce((sum, { tokens }) => sum + tokens, 0);
  }

  /** Addresses of the files whose text would go along. */
  get files(): readonly string[] {
    return filesOf(this.#going());
  }

  get hasImages(): boolean {
    return this.#items.some(({ view, state }) => view.kind === 'image' && state === 'ready');
  }

  /** `text` is a mention as the list of suggestions had it. */
  async attachText(text: string): Promise<void> {
    const mention = readMention(text);
    if (mention) await this.attach(mention);
  }

  async attach(mention: Mention): Promise<void> {
    if (mention.kind === 'editor' && !this.#ports.followsEditor.get()) {
      this.#ports.followsEditor.set(true);
      await this.#lookAtEditor();
      return;
    }
    await this.#add(mentionView(mention), (signal) => this.#ports.service.read(mention, signal));
  }

  async attachImage(name: string, base64: string): Promise<void> {
    await this.#add({ kind: 'image', label: name }, async () => [readImage(name, base64)]);
  }

  detach(id: string): void {
    if (id === editorId) {
      this.#ports.followsEditor.set(false);
      this.#editor = undefined;
    }
    for (const item of this.#items) if (item.id === id && item.state === 'reading') item.abort.abort();
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#tell();
  }

  /** Puts back what a message that was not sent had with it. */
  restore(attachments: readonly Attachment[]): void {
    if (attachments.length === 0) return;
    const items = attachments.map(readyItem);
    this.#items = [...this.#items, ...items];
    this.#tell();
  }

  find(id: string): Attachment | undefined {
    const all = this.#editor ? [this.#editor, ...this.#items] : this.#items;
    const item = all.find((each) => each.id === id);
    return item?.state === 'ready' ? item.attachment : undefined;
  }

  /** All that goes along now, read to its end. Afterwards there is none, but for pictures this model does not take. */
  async take(): Promise<readonly Attachment[]> {
    await Promise.all(this.#items.map((item) => (item.state === 'reading' ? item.done : undefined)));
    await this.#lookAtEditor();
    const taken = this.#going().map(withOwnId);
    this.#items = this.#items.filter((item) => item.state === 'ready' && this.#isBlocked(item.view));
    this.#tell();
    return taken;
  }

  #going(): readonly Attachment[] {
    const editor = this.#editor && !this.#isAttached(this.#editor.view) && !this.#isSent(this.#editor);
    const all = editor && this.#editor ? [this.#editor, ...this.#items] : this.#items;
    return all.flatMap((item) => (item.state === 'ready' && !this.#isBlocked(item.view) ? [item.attachment] : []));
  }

  /** To be told when a setting may have changed it; the editor itself is listened to. */
  editorMayHaveChanged(): void {
    this.#editorChanged();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
    for (const item of this.#items) if (item.state === 'reading') item.abort.abort();
  }

  async #add(
    what: Pick<AttachmentView, 'kind' | 'label'>,
    read: (signal: AbortSignal) => Promise<readonly Read[]>,
  ): Promise<void> {
    const id = crypto.randomUUID();
    const abort = new AbortController();
    const done = read(abort.signal).then(
      (reads) => this.#replace(id, reads.flatMap(itemsOf)),
      (error: unknown) => {
        const refused = l10n.t('It cannot be read: {0}', messageOf(error));
        this.#replace(id, [{ id, state: 'refused', view: { id, ...what, refused } }]);
      },
    );
    this.#items = [...this.#items, { id, state: 'reading', done, abort, view: { id, ...what } }];
    this.#tell();
    await done;
  }

  /** What was attached twice is there once. */
  #replace(id: string, read: readonly Item[]): void {
    if (!this.#items.some((item) => item.id === id)) return;
    const others = this.#items.filter((item) => item.id !== id);
    const fresh = read.filter(
      (item) => item.state !== 'ready' || !others.some((other) => other.state === 'ready' && isSame(other, item)),
    );
    this.#items = this.#items.flatMap((item) => (item.id === id ? fresh : [item]));
    this.#tell();
  }

  #editorChanged(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#lookAtEditor();
    }, settleMs);
  }

  async #lookAtEditor(): Promise<void> {
    const look = ++this.#editorLooks;
    const editor = this.#ports.followsEditor.get() ? this.#ports.service.editor.current() : undefined;
    const shown = editor && shownOf(editor);
    const read = shown && (await this.#readShown(shown));
    // A later look may have been the faster one.
    if (look !== this.#editorLooks) return;
    const [item] = read ? itemsOf(read) : [];
    const before = JSON.stringify(this.#editor?.view);
    this.#editor = item && withId(item, editorId);
    if (JSON.stringify(this.#editor?.view) !== before) this.#tell();
  }

  /** Nobody asked for it, so it must not be what keeps a message from being sent. */
  async #readShown({ uri, lines }: Shown): Promise<Read> {
    const read = await readFile(uri, lines, this.#ports.service.hiddenBecause);
    if (read.kind !== 'read' || this.#model.isLocal) return read;
    const reason = await this.#ports.localOnlyBecause(fileOf(uri).toString());
    return reason === undefined ? read : { kind: 'refused', of: 'file', label: labelOf(uri, lines), reason };
  }

  #isBlocked({ kind }: AttachmentView): boolean {
    return kind === 'image' && this.#model.imagesRefused !== undefined;
  }

  /** By hand, whole or the same lines. */
  #isAttached({ uri, label }: AttachmentView): boolean {
    return this.#items.some(({ view, state }) => {
      const isWhole = view.uri === uri && uri !== undefined && view.kind === 'file';
      return state === 'ready' && (isWhole || (view.uri === uri && view.label === label));
    });
  }

  /** The model has read the same before in this chat: it is not told again. */
  #isSent(item: Item): boolean {
    if (item.state !== 'ready') return false;
    const text = JSON.stringify(item.attachment.blocks);
    const { uri } = item.attachment;
    return this.#ports.sent().some((sent) => sent.uri === uri && JSON.stringify(sent.blocks) === text);
  }

  #tell(): void {
    this.#ports.changed();
  }
}

/** What a chip says until it has been read. */
function mentionView(mention: Mention): Pick<AttachmentView, 'kind' | 'label'> {
  switch (mention.kind) {
    case 'file':
      return { kind: 'file', label: labelOf(Uri.parse(mention.uri), mention.lines) };
    case 'folder':
      return { kind: 'folder', label: `${labelOf(Uri.parse(mention.uri))}/` };
    case 'symbol':
      return { kind: 'symbol', label: mention.name };
    case 'selection':
    case 'editor':
      return { kind: 'selection', label: l10n.t('Selection') };
    case 'editors':
      return { kind: 'file', label: l10n.t('Open editors') };
    case 'problems':
      return { kind: 'problems', label: l10n.t('Problems') };
    case 'changes':
      return { kind: 'changes', label: mention.staged ? l10n.t('Staged changes') : l10n.t('Changes') };
    case 'commit':
      return { kind: 'commit', label: mention.title };
    case 'terminal':
      return { kind: 'terminal', label: l10n.t('Terminal') };
    case 'page':
      return { kind: 'page', label: mention.url };
    case 'image':
      return { kind: 'image', label: l10n.t('Picture') };
  }
}

function itemsOf(read: Read): readonly Item[] {
  switch (read.kind) {
    case 'read':
      return read.drafts.map((draft) => readyItem(complete(draft)));
    case 'refused': {
      const id = crypto.randomUUID();
      return [{ id, state: 'refused', view: { id, kind: read.of, label: read.label, refused: read.reason } }];
    }
    case 'cancelled':
      return [];
  }
}

function readyItem(attachment: Attachment): Item {
  return { id: attachment.id, state: 'ready', attachment, view: attachmentView(attachment) };
}

const withReason = (view: AttachmentView, refused: string | undefined): AttachmentView =>
  refused === undefined ? view : { ...view, refused };

function isSame(one: Item, other: Item): boolean {
  return (
    one.view.kind === other.view.kind &&
    one.view.label === other.view.label &&
    one.view.uri === other.view.uri &&
    one.view.uri !== undefined
  );
}

function withId(item: Item, id: string): Item {
  return { ...item, id, view: { ...item.view, id, byDefault: true } };
}

/** The id of the one that follows the editor is the same for every message. */
const withOwnId = (attachment: Attachment): Attachment => ({ ...attachment, id: crypto.randomUUID() });
