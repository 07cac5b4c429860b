import type { Role } from '@transcode/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../../src/console/axe.ts';
import { signIn, type Credentials } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';

const PAGES = [
  ...['/', '/videos/{video}', '/overview', '/jobs', '/jobs/{job}', '/queues', '/workers', '/workers/{worker}', '/gpus'],
  ...['/presets', '/presets/web', '/presets/new', '/settings/account', '/settings/users', '/settings/workspaces'],
  ...['/settings/keys', '/settings/audit', '/settings/limits', '/videos/gone', '/no/such/page'],
];
/** What is not there, and what a role may not see, the browser remarks on. */
const REFUSED = /status of 40[0345]/;

/** Every page, by every role, in both themes. */
export function everyPage(stage: () => Stage): void {
  describe('every page', () => {
    let people: Credentials;
    let ids: Record<string, string>;
    beforeAll(async () => {
      people = await stage().seedViewer();
      const videos = await stage().client.videos();
      const video = videos.find(({ state, jobId }) => state === 'ready' && jobId !== null);
      ids = { video: video?.id ?? '', job: video?.jobId ?? '', worker: 'worker-1' };
    });

    async function signedIn(role: Role): Promise<Page> {
      // Colours that are on their way to others would be judged as they are.
      const page = await stage().visit({ session: 'nobody', reducedMotion: 'reduce' });
      stage().expectComplaints(page, REFUSED);
      await page.goto('/');
      await signIn(page, { ...people, email: people.email.replace('viewer', role) });
      await page.getByRole('button', { name: 'Account' }).waitFor();
      return page;
    }

    async function open(page: Page, address: string): Promise<void> {
      await page.goto(address.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ''));
      await page.getByRole('heading').first().waitFor({ state: 'attached' });
      await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    }

    test.for(['viewer', 'editor', 'operator', 'admin'] as const)('axe finds nothing, for the %s', async (role) => {
      const page = await signedIn(role);
      const found: string[] = [];
      for (const address of PAGES) {
        await open(page, address);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          found.push(...(await violations(page)).map((line) => `${address}, ${colorScheme}: ${line}`));
        }
      }
      expect(found).toEqual([]);
    });

    test('nothing is wider than a phone, and nothing is cut off there', async () => {
      const page = await signedIn('admin');
      await page.setViewportSize({ width: 360, height: 740 });
      const wide: string[] = [];
      for (const address of PAGES) {
        await open(page, address);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${address} by ${over} px`);
      }
      expect(wide).toEqual([]);
    });

    test.each([
      ['/', 200],
      ['/videos/{video}', 380],
      ['/jobs', 200],
      ['/overview', 362],
    ])('%s takes at most %i kB of scripts over the line', async (address, most) => {
      const page = await signedIn('admin');
      await open(page, address);
      await page.waitForLoadState('load');
      // As they came over the line, compressed.
      const bytes = await page.evaluate(() => {
        const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const scripts = entries.filter(({ name }) => new URL(name).pathname.endsWith('.js'));
        return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
      });
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes / 1000).toBeLessThanOrEqual(most);
    });
  });
}
