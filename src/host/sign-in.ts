import * as vscode from 'vscode';
import type { SignIn } from '../llm/vendor.ts';

/** A token of an account that may be used already. Requests never open a window: VS Code notes the wish at its accounts. */
export async function bearer({ provider, scopes }: SignIn): Promise<string | undefined> {
  const session = await vscode.authentication.getSession(provider, scopes, { createIfNone: false });
  return session?.accessToken;
}

/** Lets the user sign in, or allow what is signed in already. Throws where he declines. */
export async function signIn({ provider, scopes }: SignIn): Promise<void> {
  await vscode.authentication.getSession(provider, scopes, { createIfNone: true });
}
