import { pathToFileURL } from 'node:url';
import { openStorage } from '@transcode/storage';
import { createLogger } from '@transcode/telemetry';
import { temporaryFolder } from '@transcode/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tellLackOfRoom } from '../../src/reconciler/tell-lack-of-room.ts';

test('that a disk has no more room is logged once, and so is that it has', async () => {
  const folder = await temporaryFolder('room');
  onTestFinished(() => folder.remove());
  const url = pathToFileURL(folder.path).href;
  const disks = [Number.MAX_SAFE_INTEGER, 0].map((reserveBytes) => openStorage(url, { reserveBytes }));
  let disk = disks[0];
  const storage = { ...openStorage(url), room: async () => disk?.room() };
  const log = createLogger({ name: 'api', level: 'silent' });
  const [full, well] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'info')];
  const look = tellLackOfRoom({ storage, log });
  for (let turn = 0; turn < 2; turn += 1) await look({ goesOn: () => true });
  expect(full.mock.calls).toEqual([
    [{ reason: expect.stringMatching(/^There is no room for more: the disk of the storage/) }, expect.any(String)],
  ]);
  disk = disks[1];
  for (let turn = 0; turn < 2; turn += 1) await look({ goesOn: () => true });
  expect([full.mock.calls.length, well.mock.calls]).toEqual([1, [['The storage has room again']]]);
});
