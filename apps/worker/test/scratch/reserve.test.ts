import { pathToFileURL } from 'node:url';
import { openStorage } from '@transcode/storage';
import { createLogger } from '@transcode/telemetry';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTask } from '../../src/run-task.ts';
import { watchRoom } from '../../src/scratch/watch-room.ts';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { openWorkshop, type Workshop } from '../workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.dispose());

/** The same files, on a disk of which all stays free. */
const fullStorage = () => openStorage(pathToFileURL(workshop.folder).href, { reserveBytes: Number.MAX_SAFE_INTEGER });

test('a task for which the storage has no room waits, leaves nothing there, and is done when there is', async () => {
  const work = await workshop.begin(await makeSource(patternWithBeeps(2)));
  await workshop.run(work, 'probe', 'plan');
  const { id: taskId, token } = await workshop.task(work, 'encode');
  const full = { ...workshop.runner, storage: fullStorage() };
  const end = await runTask(full, { taskId, token }, new AbortController().signal);
  expect(end).toMatchObject({ outcome: 'retried', worker: 'untold' });
  const row = await workshop.task(work, 'encode');
  expect(row).toMatchObject({ state: 'queued', attempts: 0, outages: 1, failureCode: 'disk_reserved' });
  const { workspaceId } = await workshop.db.video.findUniqueOrThrow({ where: { id: work.videoId } });
  for await (const { key } of workshop.storage.list(`w/${workspaceId}/v/`)) expect.fail(`${key} is there`);
  await waitFor(() => (row.notBefore ?? new Date(0)) <= new Date());
  await workshop.run(work, 'encode');
});

test('a worker takes nothing while the storage has no room', async () => {
  const held = new Map<string, string>();
  const intake = {
    hold: (about: string, why: string) => void held.set(about, why),
    release: (about: string) => void held.delete(about),
  };
  const log = createLogger({ name: 'worker', level: 'silent' });
  const scratch = { lack: () => Promise.resolve(undefined) };
  for (const [storage, told] of [
    [fullStorage(), [['storage room', expect.stringMatching(/the disk of the storage has/)]]],
    [workshop.storage, []],
  ] as const) {
    const watch = watchRoom({ scratch, storage }, intake, log);
    await watch.look();
    watch.stop();
    expect([...held]).toEqual(told);
  }
});
