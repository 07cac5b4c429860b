import type { Locator, Page } from 'playwright-core';

/** The upload tray as a person reads it. */
export function tray(page: Page): Locator {
  return page.getByRole('region', { name: 'Uploads' });
}

export function uploadRow(page: Page, name: string): Locator {
  return tray(page).getByRole('listitem').filter({ hasText: name });
}

/** Chooses files in the browser's dialog, which `button` opens. */
export async function chooseFiles(page: Page, button: Locator, ...files: string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(files);
}

/** Waits until at least `megabytes` of the upload are shown as sent, and tells how many are. */
export async function sentMegabytes(row: Locator, megabytes: number): Promise<number> {
  const text = row.getByText(/ MB of .* MB/);
  await text.waitFor();
  for (;;) {
    const shown = Number(/([\d.]+) MB of/.exec(await text.innerText())?.[1] ?? 0);
    if (shown >= megabytes) return shown;
    await text.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(element, { characterData: true, childList: true, subtree: true });
        }),
    );
  }
}
