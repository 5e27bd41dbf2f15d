import * as l10n from '@vscode/l10n';

/** Imported first by every page: from here on its strings are in the language of the editor. The host puts them into the page. */
const contents = document.getElementById('translations')?.textContent;
if (contents) l10n.config({ contents });
