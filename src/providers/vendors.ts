import type { Vendor } from '../llm/vendor.ts';
import { cloudVendors } from './cloud-vendors.ts';
import { hostingVendors } from './hosting-vendors.ts';
import { ownVendors } from './own-vendors.ts';

/** Every vendor Tutti knows by name. What is not here is reached through one of the two `…-compatible` rows. */
export const vendors: readonly Vendor[] = [
  ...cloudVendors,
  ...hostingVendors,
  ...ownVendors,
  {
    id: 'openai-compatible',
    label: 'OpenAI-compatible',
    exampleUrl: 'https://models.example.com/v1',
    chat: 'openai-chat',
    completion: 'openai-completions',
    wires: { 'openai-responses': {} },
    fim: 'infill',
    key: 'optional',
    keyHeader: 'authorization',
    list: 'openai',
    quirks: {},
    local: false,
    documentation: 'https://platform.openai.com/docs/api-reference/chat',
  },
  {
    id: 'anthropic-compatible',
    label: 'Anthropic-compatible',
    exampleUrl: 'https://models.example.com/anthropic',
    chat: 'anthropic-messages',
    fim: 'chat',
    key: 'optional',
    keyHeader: 'x-api-key',
    list: 'anthropic',
    quirks: { cacheMarks: 'always' },
    local: false,
    documentation: 'https://platform.claude.com/docs/en/api/messages',
  },
  {
    id: 'vscode',
    builtIn: true,
    label: 'VS Code (models of other extensions)',
    chat: 'vscode-lm',
    fim: 'chat',
    key: 'none',
    keyHeader: 'none',
    list: 'vscode',
    quirks: {},
    local: false,
    documentation: 'https://code.visualstudio.com/api/extension-guides/ai/language-model',
  },
  {
    id: 'embedded',
    builtIn: true,
    label: 'Inside the editor',
    chat: 'embedded',
    completion: 'embedded',
    fim: 'infill',
    key: 'none',
    keyHeader: 'none',
    list: 'embedded',
    quirks: {},
    local: true,
    documentation: 'https://node-llama-cpp.withcat.ai',
  },
];

export function findVendor(id: string): Vendor | undefined {
  return vendors.find((vendor) => vendor.id === id);
}
