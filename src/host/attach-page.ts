import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { cutLines } from '../context/cut-lines.ts';
import { pageText, pageTitle } from '../context/page-text.ts';
import { lineFeeds } from '../util/line-feeds.ts';
import { messageOf } from '../util/message-of.ts';
import type { Read } from './attach-draft.ts';

const mostCharacters = 100_000;

/** What came from an address; its text not yet read as HTML. */
export interface FetchedPage {
  /** Where it was found in the end. */
  readonly url: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface PageDoor {
  /** Why nothing may be asked there, as a sentence; undefined = it may. */
  refused(url: string): string | undefined;
  /** Rejects with a reason for the user. */
  get(url: string, signal: AbortSignal): Promise<FetchedPage>;
}

/** A web page, fetched by this machine once the user has agreed. */
export async function readPage(address: string, door: PageDoor, signal: AbortSignal): Promise<Read> {
  const url = URL.parse(address);
  const label = url ? `${url.host}${url.pathname === '/' ? '' : url.pathname}` : address;
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'page', label, reason });
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refused(l10n.t('This is no web address.'));
  }
  // The part behind # is for browsers, and names and passwords are for nobody.
  url.hash = '';
  url.username = '';
  url.password = '';
  const reason = door.refused(url.href);
  if (reason !== undefined) return refused(reason);
  const agree = l10n.t('Fetch');
  const detail = l10n.t('{0}\n\nTutti opens it from this machine and attaches its text.', url.href);
  const answer = await window.showInformationMessage(l10n.t('Fetch this page?'), { modal: true, detail }, agree);
  if (answer !== agree) return { kind: 'cancelled' };
  try {
    const page = await door.get(url.href, signal);
    const isHtml = /html/i.test(page.mediaType);
    const whole = isHtml ? pageText(page.text) : lineFeeds(page.text);
    if (whole.trim() === '') return refused(l10n.t('There is no text on this page; it may be made by a script.'));
    const { text, cut } = cutLines(whole, mostCharacters);
    const name = isHtml ? pageTitle(page.text) : '';
    return {
      kind: 'read',
      drafts: [
        {
          ...{ kind: 'page', label, uri: page.url, files: [] },
          blocks: [
            {
              type: 'text',
              title: name === '' ? `Web page ${page.url}` : `Web page ${page.url}: ${name}`,
              languageId: isHtml ? 'markdown' : 'plaintext',
              text,
            },
          ],
          ...(cut && { cut }),
        },
      ],
    };
  } catch (error) {
    return refused(messageOf(error));
  }
}
