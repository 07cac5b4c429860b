import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Quality } from '@transcode/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { openWorkshop, TO_PACKAGED, type Workshop } from '../workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
  const { ffmpeg, folder } = inject('servers');
  const poorer = path.join(folder, 'ffmpeg-without-vmaf');
  await writeFile(
    poorer,
    `#!/bin/sh\ncase "$*" in *-filters*) "${ffmpeg}" "$@" | grep -v libvmaf;; *) exec "${ffmpeg}" "$@";; esac\n`,
  );
  await chmod(poorer, 0o755);
  workshop = await openWorkshop({ ffmpeg: poorer });
});
afterAll(() => workshop.dispose());

test('an ffmpeg that is made to have no VMAF measures SSIM, and says so', async () => {
  const work = await workshop.begin(await makeSource(patternWithBeeps(3)));
  await workshop.run(work, ...TO_PACKAGED, 'measure');
  const rows = await workshop.db.rendition.findMany({ where: { jobId: work.jobId, kind: 'video' } });
  expect(rows.length).toBeGreaterThan(0);
  for (const { quality } of rows) {
    const told = Quality.parse(quality);
    expect(told).toMatchObject({ metric: 'ssim', framesMeasured: 75, framesTotal: 75 });
    expect(told.note).toMatch(/no VMAF/);
    expect(told.mean).toBeGreaterThan(0.5);
    expect(told.mean).toBeLessThanOrEqual(1);
  }
});

test('it cannot keep a promise of VMAF: a preset with a floor fails in words', async () => {
  const work = await workshop.begin(await makeSource(patternWithBeeps(2)), 'web-fine');
  await workshop.run(work, ...TO_PACKAGED, 'verify', 'measure');
  await expect(workshop.run(work, 'publish')).rejects.toThrow(/quality floor, and there is no VMAF/);
});

test('a picture that is too small for VMAF is measured by SSIM, and says so', async () => {
  const own = await openWorkshop();
  const work = await own.begin(await makeSource(patternWithBeeps(1, { width: 16, height: 16 })));
  await own.run(work, ...TO_PACKAGED, 'measure');
  const [row] = await own.db.rendition.findMany({ where: { jobId: work.jobId, kind: 'video' } });
  expect(Quality.parse(row?.quality)).toMatchObject({ metric: 'ssim', note: expect.stringMatching(/too small/) });
  await own.dispose();
});
