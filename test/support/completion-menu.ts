import type { Workbench } from './workbench.ts';
import { quickItems } from './workbench-input.ts';

/** What the menu of a model of one's own offers in a JavaScript file, from top to bottom. */
export const completionMenuRows: readonly string[] = [
  'Switch Model…',
  'Suggest Only When Asked For',
  'Turn Off for javascript',
  'Turn Off for Every Language',
  'Snooze for 5 Minutes',
  'Snooze for 15 Minutes',
  'Snooze for 1 Hour',
  'Snooze for 8 Hours',
  'Delay…',
  'Prepare Ahead…',
  'Why No Suggestion?',
  'Last Requests',
];

/** Clicks the status bar entry; gives the rows of its menu. */
export async function openCompletionMenu(workbench: Workbench): Promise<readonly string[]> {
  await workbench.page.locator('.statusbar-item [aria-label^="Tutti completion model"]').first().click();
  return quickItems(workbench);
}
