import { setTimeout as pause } from 'node:timers/promises';
import { TranscodeError } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { openSource, type Storage } from '../../src/index.ts';
import { collectGarbage } from '../collect-garbage.ts';

const BLOCK_MS = 300;

/** A storage that does not answer, and takes longer to say so than a block may take. */
function silentStorage(): Storage {
  return {
    localPath: () => undefined,
    get: async () => {
      await pause(BLOCK_MS + 50);
      // What nobody holds is gone before the time is looked at.
      collectGarbage();
      await pause(10);
      throw new TranscodeError('storage_unavailable', { reason: 'nobody is there' });
    },
  } as Partial<Storage> as Storage;
}

test('a block that does not come is given up after its time, whatever was collected meanwhile', async () => {
  const source = await openSource(silentStorage(), 'w/1/u/one', 1000, { blockMs: BLOCK_MS });
  const reading = fetch(source.input).then((answer) => answer.arrayBuffer());
  await expect(Promise.race([reading, pause(10 * BLOCK_MS)])).rejects.toThrow(/fetch failed|terminated/);
  expect(source.broken()).toMatchObject({ code: 'storage_unavailable' });
  await source.close();
});
