import * as vscode from 'vscode';

export interface LanguageModelsAnswer {
  readonly offered: readonly string[];
  readonly text: string;
  readonly toolCalls: readonly unknown[];
  readonly tokens: number;
  readonly refusal: string;
}

/** What another extension gets of Tutti's models. */
export default async function run(): Promise<LanguageModelsAnswer> {
  const models = await vscode.lm.selectChatModels({ vendor: 'tutti' });
  const find = (id: string): vscode.LanguageModelChat => {
    const model = models.find((candidate) => candidate.id === id);
    if (!model) throw new Error(`${id} is not among ${models.map((candidate) => candidate.id).join(', ')}`);
    return model;
  };
  const model = find('cloud/gpt-test');
  const tool = { name: 'look', description: 'Looks', inputSchema: { type: 'object', properties: {} } };
  const messages = [vscode.LanguageModelChatMessage.User('Hello from next door')];
  const response = await model.sendRequest(messages, { tools: [tool] }, new vscode.CancellationTokenSource().token);
  let text = '';
  const toolCalls: unknown[] = [];
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    if (part instanceof vscode.LanguageModelToolCallPart) toolCalls.push({ name: part.name, input: part.input });
  }
  return {
    offered: models.map(({ id }) => id),
    text,
    toolCalls,
    tokens: await model.countTokens('x'.repeat(400)),
    refusal: await refusalOf(find('nobody/m'), messages),
  };
}

async function refusalOf(
  model: vscode.LanguageModelChat,
  messages: vscode.LanguageModelChatMessage[],
): Promise<string> {
  try {
    const response = await model.sendRequest(messages, {}, new vscode.CancellationTokenSource().token);
    for await (const part of response.stream) void part;
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
