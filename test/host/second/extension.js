// Another source of suggestions: two words for the suggest widget in `words` files, and ghost text of its own in `rival` files.
const vscode = require('vscode');

const ghost = 'value = second();';

exports.activate = (context) => {
  const words = {
    provideCompletionItems: () =>
      ['console', 'constant'].map((word, index) => {
        const item = new vscode.CompletionItem(word, vscode.CompletionItemKind.Variable);
        item.sortText = `0${index}`;
        item.preselect = index === 0;
        return item;
      }),
  };
  const rival = {
    provideInlineCompletionItems: (document, position) => {
      const typed = document.lineAt(position.line).text.slice(0, position.character).trimStart();
      if (!ghost.startsWith(typed)) return [];
      const range = new vscode.Range(position, position);
      return [new vscode.InlineCompletionItem(ghost.slice(typed.length), range)];
    },
  };
  context.subscriptions.push(
    vscode.languages.registerCompletionItemProvider({ pattern: '**/words*' }, words),
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**/rival*' }, rival),
  );
};
