import * as l10n from '@vscode/l10n';
import { type Disposable, FileType, type Memento, Uri, workspace } from 'vscode';
import type { Attachment } from '../context/attachment.ts';
import type { Resolution } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { SuggestionGroup } from '../protocol/suggestion.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { PendingAttachments } from './attach-pending.ts';
import type { AttachService } from './attach-service.ts';
import { suggestMentions } from './attach-suggest.ts';
import { showAttachment } from './attachment-page.ts';

export type AttachMessage = Extract<
  FromWebview,
  { type: 'suggest' | 'attach' | 'attach-uris' | 'attach-image' | 'detach' | 'need-picture' | 'open-attachment' }
>;

/** What every chat of the window attaches with. */
export interface AttachingPorts {
  readonly service: AttachService;
  readonly directory: ModelDirectory;
  readonly localOnlyBecause: (uri: string) => Promise<string | undefined>;
  readonly memento: Memento;
}

export interface ChatAttachmentsPorts extends AttachingPorts {
  /** What the chat's models are shown already. */
  readonly sent: () => readonly Attachment[];
  /** What `/` offers for the letters behind it. */
  readonly suggestCommands: (query: string) => Promise<readonly SuggestionGroup[]>;
  readonly changed: () => void;
  readonly answer: (message: Extract<ToWebview, { type: 'suggestions' | 'picture' }>) => void;
}

const followKey = 'tutti.chat.currentFile';

/** Answers what the page asks about attachments, for the chat of one place. */
export class ChatAttachments implements Disposable {
  readonly pending: PendingAttachments;
  readonly #ports: ChatAttachmentsPorts;
  readonly #listener: Disposable;
  /** The model in use, where it is known to take no pictures. */
  #blind: string | undefined;

  constructor(ports: ChatAttachmentsPorts) {
    this.#ports = ports;
    const { service, memento, localOnlyBecause, sent, changed } = ports;
    this.pending = new PendingAttachments({
      ...{ service, localOnlyBecause, sent, changed },
      followsEditor: {
        get: () => memento.get<boolean>(followKey) ?? isFollowing(),
        set: (on) => void memento.update(followKey, on === isFollowing() ? undefined : on),
      },
    });
    this.#listener = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(followKey)) this.pending.editorMayHaveChanged();
    });
  }

  async receive(message: AttachMessage): Promise<void> {
    switch (message.type) {
      case 'suggest': {
        const { id, trigger, query } = message;
        const { service, suggestCommands } = this.#ports;
        const groups = await (trigger === '@' ? suggestMentions(query, service) : suggestCommands(query));
        this.#ports.answer({ type: 'suggestions', id, groups });
        return;
      }
      case 'attach':
        await this.pending.attachText(message.mention);
        return this.#nameSeeing();
      case 'attach-uris':
        await Promise.all(message.uris.map((uri) => this.#attachUri(uri)));
        return this.#nameSeeing();
      case 'attach-image':
        await this.pending.attachImage(message.name, message.base64);
        return this.#nameSeeing();
      case 'detach':
        return this.pending.detach(message.id);
      case 'need-picture': {
        const picture = this.#find(message.id)?.blocks.find((block) => block.type === 'image');
        if (picture) this.#ports.answer({ ...picture, type: 'picture', id: message.id });
        return;
      }
      case 'open-attachment': {
        const attachment = this.#find(message.id);
        if (attachment) await showAttachment(attachment);
      }
    }
  }

  /** Of the next message, or of one that was sent. */
  #find(id: string): Attachment | undefined {
    return this.pending.find(id) ?? this.#ports.sent().find((attachment) => attachment.id === id);
  }

  /** To be told which model the chat asks. */
  async modelIs(resolution: Resolution): Promise<void> {
    const model = resolution.kind === 'model' && !resolution.auto ? resolution.model : undefined;
    const isLocal = model?.endpoint.local === true;
    this.#blind = model?.facts.images === false ? (model.facts.name ?? model.id) : undefined;
    if (this.#blind === undefined) this.pending.setModel({ isLocal });
    else {
      this.pending.setModel({ isLocal, imagesRefused: l10n.t('{0} takes no pictures.', this.#blind) });
      await this.#nameSeeing();
    }
  }

  /** Which models take pictures is asked for when there is one: lists come from servers. */
  async #nameSeeing(): Promise<void> {
    const name = this.#blind;
    if (name === undefined || !this.pending.hasImages) return;
    const others = await namesOfSeeing(this.#ports.directory);
    if (name !== this.#blind || others.length === 0) return;
    this.pending.setImagesRefused(l10n.t('{0} takes no pictures. These do: {1}.', name, others.join(', ')));
  }

  dispose(): void {
    this.#listener.dispose();
    this.pending.dispose();
  }

  async #attachUri(text: string): Promise<void> {
    const uri = Uri.parse(text);
    if (uri.scheme === 'http' || uri.scheme === 'https') return this.pending.attach({ kind: 'page', url: text });
    const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
    const isFolder = stat !== undefined && (stat.type & FileType.Directory) > 0;
    return this.pending.attach({ kind: isFolder ? 'folder' : 'file', uri: uri.toString() });
  }
}

const isFollowing = (): boolean => workspace.getConfiguration('tutti').get('chat.currentFile', true);

const mostNamed = 3;

/** Models that are known to take pictures. */
async function namesOfSeeing(directory: ModelDirectory): Promise<readonly string[]> {
  const providers = await directory.all(AbortSignal.timeout(5000)).catch(() => []);
  const seeing = providers.flatMap(({ models }) => models.filter(({ facts }) => facts.images === true));
  return seeing.slice(0, mostNamed).map(({ facts, id }) => facts.name ?? id);
}
