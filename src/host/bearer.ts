import * as vscode from 'vscode';
import type { SignIn } from '../llm/vendor.ts';

/** A token of an account known to VS Code; asks the user to sign in where none is. Undefined = the user does not want to. */
export async function bearer({ provider, scopes }: SignIn): Promise<string | undefined> {
  const silent = await vscode.authentication.getSession(provider, scopes, { silent: true });
  if (silent) return silent.accessToken;
  try {
    return (await vscode.authentication.getSession(provider, scopes, { createIfNone: true })).accessToken;
  } catch {
    // Declining is an answer; the request that needed the token tells what is missing.
    return undefined;
  }
}
