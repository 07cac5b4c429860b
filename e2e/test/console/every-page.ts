import { ROLES, type Role } from '@transcode/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../../src/console/axe.ts';
import { signIn, type Credentials } from '../../src/console/door.ts';
import { loadedScripts } from '../../src/console/loaded-scripts.ts';
import type { Stage } from '../../src/console/stage.ts';
import { oneOrAll, shareOf } from '@transcode/testing/share-of';

const PAGES = [
  ...[
    '/',
    '/videos',
    '/videos/{video}',
    '/overview',
    '/jobs',
    '/jobs/{job}',
    '/queues',
    '/workers',
    '/workers/{worker}',
    '/gpus',
    '/backups',
    '/jobs?kind=maintenance',
    '/jobs/maintenance/{operation}',
  ],
  ...['/presets', '/presets/web', '/presets/new', '/settings/account', '/settings/users', '/settings/workspaces'],
  ...[
    '/settings/keys',
    '/settings/audit',
    '/settings/erasures',
    '/settings/alerts',
    '/settings/limits',
    '/videos/gone',
    '/no/such/page',
  ],
];
const THEMES = ['light', 'dark'] as const;
/** The pages that one run looks at for this: all, or a third where it has a seed. */
const drawn = (addresses: readonly string[], subject: string): string[] =>
  shareOf(
    addresses.map((address) => ({ address, name: `${subject} ${address}` })),
    { oneIn: 3 },
  ).map(({ address }) => address);
/** As the line has them: 1 kB are 1,000 bytes. */
const MOST_SCRIPTS_KB = 200;
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
      const operation = await stage().inDatabase((db) => db.operation.findFirst({ orderBy: { id: 'desc' } }));
      ids = { video: video?.id ?? '', job: video?.jobId ?? '', worker: 'worker-1', operation: operation?.id ?? 'none' };
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

    test.for(ROLES)('axe finds nothing, for the %s', async (role) => {
      const page = await signedIn(role);
      const found: string[] = [];
      for (const address of PAGES.filter((each) => oneOrAll(ROLES, each).includes(role))) {
        await open(page, address);
        for (const colorScheme of oneOrAll(THEMES, `${role} ${address}`)) {
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
      for (const address of drawn(PAGES, 'width')) {
        await open(page, address);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${address} by ${over} px`);
      }
      expect(wide).toEqual([]);
    });

    test('no page takes more scripts over the line than it may before anything is touched', async () => {
      const page = await signedIn('admin');
      // A page that was clicked on before may load what the next click needs.
      const untouched = await stage().visit({ session: await page.context().storageState() });
      stage().expectComplaints(untouched, REFUSED);
      const heavy: string[] = [];
      for (const address of drawn([...PAGES, '/change-password', '/share/no-such-link'], 'scripts')) {
        await open(untouched, address);
        const kilobytes = (await loadedScripts(untouched)).bytes / 1000;
        expect(kilobytes).toBeGreaterThan(10);
        if (kilobytes > MOST_SCRIPTS_KB) heavy.push(`${address}: ${kilobytes.toFixed(1)} kB`);
      }
      const stranger = await stage().visit({ session: 'nobody' });
      await stranger.goto('/sign-in');
      if ((await loadedScripts(stranger)).bytes / 1000 > MOST_SCRIPTS_KB) heavy.push('/sign-in');
      expect(heavy).toEqual([]);
    });

    test('the icon that browsers ask for by themselves is there for anybody', async () => {
      const stranger = await stage().visit({ session: 'nobody' });
      const icon = await stranger.request.get('/favicon.ico');
      expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/x-icon']);
    });

    test('a chart tells its figures once a pointer comes, in the room that it had', async () => {
      const page = await signedIn('admin');
      await open(page, '/workers/{worker}');
      const chart = page.getByRole('img', { name: /^Processor cores in use/ });
      await chart.waitFor();
      const before = await chart.boundingBox();
      expect(await chart.locator('.recharts-wrapper').count()).toBe(0);
      await chart.hover();
      await chart.locator('.recharts-wrapper').waitFor();
      expect(await chart.boundingBox()).toEqual(before);
    });
  });
}
