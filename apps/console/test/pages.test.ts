import { glob } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import nextConfig from '../next.config.ts';

const APP = new URL('../src/app', import.meta.url).pathname;

/** Addresses of all pages, such as `/videos/[id]`. */
async function addresses(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('**/page.tsx', { cwd: APP }))
    found.push(`/${file.replaceAll(/\([^)]+\)\/|\/?page\.tsx$/g, '')}`);
  return found;
}

test('who shortens the address of a page comes to another', async () => {
  const pages = await addresses();
  const redirects = (await nextConfig.redirects?.()) ?? [];
  const known = new Set([...pages, ...redirects.map(({ source }) => source)]);
  const shortened = pages.map(dirname).filter((address) => !known.has(address));
  // There is no list of links: each is a secret.
  expect(new Set(shortened)).toEqual(new Set(['/share', '/embed']));
  expect(
    redirects.map(({ destination }) => destination.replace(/\?.*/, '')).filter((to) => !pages.includes(to)),
  ).toEqual([]);
});

test('/videos leads to the list of videos', async () => {
  expect(await nextConfig.redirects?.()).toContainEqual({ source: '/videos', destination: '/', permanent: false });
});
