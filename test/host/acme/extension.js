// Another extension that brings a model to VS Code: it says what it was asked, and calls a tool when it was given one.
const vscode = require('vscode');

const alpha = {
  id: 'alpha',
  name: 'Acme Alpha',
  family: 'alpha',
  version: '1',
  maxInputTokens: 8000,
  maxOutputTokens: 1000,
  capabilities: { toolCalling: true },
};

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('acme', {
      provideLanguageModelChatInformation: async () => [alpha],
      provideTokenCount: async () => 1,
      async provideLanguageModelChatResponse(_model, messages, _options, progress) {
        const last = messages
          .at(-1)
          .content.map((part) => part.value ?? '')
          .join('');
        progress.report(new vscode.LanguageModelTextPart('Alpha heard: '));
        progress.report(new vscode.LanguageModelTextPart(last));
      },
    }),
  );
};
