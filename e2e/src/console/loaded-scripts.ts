import type { Page } from 'playwright-core';

interface LoadedScripts {
  readonly addresses: readonly string[];
  /** As they came over the line, compressed. */
  readonly bytes: number;
}

/** A page that has loaded nothing for so long loads nothing more by itself. */
const SETTLED_MS = 500;
/** How often it is looked whether one came. */
const LOOK_MS = 100;

/** The scripts that a page has, once no more come by themselves. */
export async function loadedScripts(page: Page): Promise<LoadedScripts> {
  await page.waitForLoadState('load');
  return page.evaluate(
    async ([settledMs, lookMs]) => {
      let scripts: PerformanceResourceTiming[] = [];
      let since = performance.now();
      do {
        await new Promise((resolve) => setTimeout(resolve, lookMs));
        const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const now = all.filter(({ name }) => new URL(name).pathname.endsWith('.js'));
        if (now.length !== scripts.length) since = performance.now();
        scripts = now;
      } while (performance.now() - since < settledMs);
      return {
        addresses: scripts.map(({ name }) => name),
        bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      };
    },
    [SETTLED_MS, LOOK_MS] as const,
  );
}
