import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { openStorage } from '@transcode/storage';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpDatabase } from '../src/dump.ts';
import { metered, passingKey, seal, unseal } from '../src/seal.ts';

const TIMES = 40;
/** It takes up to so long until the last byte. */
const DUMP_MS = 60;
const DUMP = `#!/bin/sh
sleep 0.02; head -c 300000 /dev/zero; sleep 0.02; head -c 300000 /dev/zero; sleep 0.02
`;

let temporary: TemporaryFolder;
let heard: unknown[];
const hear = (error: unknown): void => void heard.push(error);

beforeAll(async () => {
  temporary = await temporaryFolder('broken-off');
  const program = path.join(temporary.path, 'pg_dump');
  await writeFile(program, DUMP);
  await chmod(program, 0o755);
  heard = [];
  process.on('uncaughtException', hear);
});
afterAll(() => {
  process.off('uncaughtException', hear);
  return temporary.remove();
});

const put = async (stored: string, body: Readable, signal: AbortSignal): Promise<boolean> => {
  const storage = openStorage(pathToFileURL(path.join(temporary.path, stored)).href);
  const [ended] = await Promise.allSettled([storage.until(signal).put('backups/one', body)]);
  return ended.status === 'fulfilled';
};

test.for([
  { what: 'as it is', encrypted: false },
  { what: 'encrypted', encrypted: true },
])('a dump, $what, is broken off at any moment, and the process goes on', async ({ encrypted }) => {
  const { recipient } = await passingKey();
  // What nothing can be stored in.
  await writeFile(path.join(temporary.path, 'in-the-way'), '');
  let whole = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const stop = new AbortController();
    const after = setTimeout(() => stop.abort(), (time / TIMES) * 2 * DUMP_MS);
    const body = dumpDatabase({
      ...{ bin: temporary.path, url: 'postgresql://ada:secret@127.0.0.1:1/none', snapshot: 'none' },
      signal: stop.signal,
    });
    const { stream } = metered(await seal(body, encrypted ? [recipient] : []));
    if (await put(time % 2 === 0 ? 'store' : 'in-the-way', stream, stop.signal)) whole += 1;
    body.destroy();
    clearTimeout(after);
  }
  await sleep(2 * DUMP_MS);
  expect(heard).toEqual([]);
  expect(whole).toBeLessThan(TIMES);
});

test('what is read back and breaks, or is given up, ends no process', async () => {
  const { identity, recipient } = await passingKey();
  const sealed = Buffer.concat(
    (await (await seal(Readable.from([Buffer.alloc(600_000)]), [recipient])).toArray()) as Buffer[],
  );
  const wholes: PromiseSettledResult<unknown>[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const cut = Math.floor((sealed.length * time) / TIMES);
    const body = Readable.from(
      (async function* () {
        yield sealed.subarray(0, cut);
        await sleep(1);
        throw new Error('The line broke.');
      })(),
      { objectMode: false },
    );
    const [opened] = await Promise.allSettled([unseal(body, [identity], 'one')]);
    if (opened.status === 'rejected') continue;
    if (time % 2 === 0) opened.value.destroy();
    else wholes.push(...(await Promise.allSettled([opened.value.toArray()])));
  }
  expect(wholes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  await sleep(DUMP_MS);
  expect(heard).toEqual([]);
});
