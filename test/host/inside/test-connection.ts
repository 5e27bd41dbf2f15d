// Runs in the extension host: `Tutti: Test Connection` with each of the arguments in TUTTI_ARGUMENTS, one after the other.
import * as vscode from 'vscode';
import type { TestedConnection } from '../../../src/host/test-connection.ts';

export default async function run(): Promise<readonly TestedConnection[]> {
  const answers: TestedConnection[] = [];
  for (const argument of JSON.parse(process.env['TUTTI_ARGUMENTS'] ?? '[]') as readonly unknown[]) {
    answers.push(await vscode.commands.executeCommand<TestedConnection>('tutti.testConnection', argument));
  }
  return answers;
}
