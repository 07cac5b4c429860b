import type { Page } from 'playwright-core';

/** Notes each state that each stage of the journey is shown in, from now on: `Encode the picture, in work`. */
export async function recordStages(page: Page): Promise<() => Promise<string[]>> {
  const recorder = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const stage of document.querySelectorAll('li[data-stage] > span:nth-child(2)')) seen.add(stage.textContent);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
    return seen;
  });
  return () => recorder.evaluate((seen) => [...seen]);
}
