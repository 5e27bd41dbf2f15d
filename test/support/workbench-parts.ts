import type { FrameLocator } from 'playwright-core';
import { doing, reload, type Workbench, waitUntil } from './workbench.ts';
import { runCommand } from './workbench-input.ts';

const themes = {
  light: { name: 'Default Light Modern', mark: 'vs' },
  dark: { name: 'Default Dark Modern', mark: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', mark: 'hc-black' },
} as const;

export type Theme = keyof typeof themes;

/** The settings for a theme, to be given to the server. */
export function themeSettings(theme: Theme): Readonly<Record<string, unknown>> {
  return { 'workbench.colorTheme': themes[theme].name, 'window.autoDetectColorScheme': false };
}

/** Reloads the window with other settings; they replace those it was started with. */
export async function reloadWithSettings(
  workbench: Workbench,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await workbench.server.writeSettings(settings);
  await reload(workbench);
}

/** Waits until the window has the colours of a theme. */
export async function waitForTheme(workbench: Workbench, theme: Theme): Promise<void> {
  await doing(workbench, `see the ${theme} theme`, () =>
    workbench.page.locator(`.monaco-workbench.${themes[theme].mark}`).waitFor({ timeout: 15_000 }),
  );
}

/** The texts of the status bar items as read aloud, left to right. */
export function statusBarItems({ page }: Workbench): Promise<string[]> {
  return page
    .locator('.part.statusbar .statusbar-item')
    .evaluateAll((items) =>
      items.map((item) => item.querySelector('[aria-label]')?.getAttribute('aria-label') ?? item.textContent ?? ''),
    );
}

/** Waits for a status bar item whose text contains `text`, and returns its whole text. */
export function waitForStatusBarItem(workbench: Workbench, text: string, timeoutMs?: number): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    (await statusBarItems(workbench)).find((item) => item.includes(text));
  return waitUntil(workbench, `see “${text}” in the status bar`, find, timeoutMs);
}

/** The texts of the notifications on the screen. */
export function notifications({ page }: Workbench): Promise<string[]> {
  return page.locator('.notifications-toasts .notification-list-item-message').allTextContents();
}

/** Waits for a notification whose text contains `text`, and returns its whole text. */
export function waitForNotification(workbench: Workbench, text: string): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    (await notifications(workbench)).find((message) => message.includes(text));
  return waitUntil(workbench, `see a notification “${text}”`, find);
}

/** Opens a view container by the title of its icon in the activity bar. */
export async function openViewContainer(workbench: Workbench, title: string): Promise<void> {
  const icon = workbench.page.locator(`.activitybar .action-item:has(a[aria-label^="${title}"])`);
  await doing(workbench, `open the view container ${title}`, async () => {
    await icon.waitFor({ timeout: 30_000 }); // it is there once the extension host has said what is installed
    if (!(await icon.getAttribute('class'))?.includes('checked')) await icon.click();
  });
}

/** The document inside an extension's webview view. */
export function webview({ page }: Workbench, extensionId = 'tutti.tutti'): FrameLocator {
  return page
    .frameLocator(`iframe.webview.ready[src*="extensionId=${extensionId}"]`)
    .frameLocator('iframe#active-frame');
}

/**
 * Opens Tutti's chat view and waits until its composer can be typed into. By command, since a click on the icon
 * would close a view that a reload is just bringing back.
 */
export async function openChat(workbench: Workbench): Promise<FrameLocator> {
  const chat = webview(workbench);
  await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
  if (!(await chat.getByTestId('composer').isVisible())) await runCommand(workbench, 'Tutti: Open Chat');
  await doing(workbench, 'see the chat', () => chat.getByTestId('composer').waitFor({ timeout: 30_000 }));
  return chat;
}
