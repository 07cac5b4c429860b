import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

/** The page of the first video, whose player is there. */
export async function openHarbour(stage: Stage, options: Parameters<Stage['visit']>[0] = {}): Promise<Page> {
  const page = await stage.visit(options);
  await page.goto('/');
  await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
  await page.getByRole('button', { name: /^Auto, \d+p$/ }).waitFor();
  return page;
}
