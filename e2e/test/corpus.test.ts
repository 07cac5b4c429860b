import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CORPUS, makeCase } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Client } from '../src/client.ts';
import { TOOLS } from '../src/tools.ts';
import { shareOf } from '@transcode/testing/share-of';
import { judgeFolder } from '@transcode/testing/judge';

/** Each kind of source goes the whole way, by tus and REST, and is judged by programs that are not ours. */
describe.concurrent('corpus', () => {
  const { url, key } = inject('installation');
  const client = new Client(url, key);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(shareOf(CORPUS, { oneIn: 12 }))('$name', { timeout: 900_000 }, async (corpusCase) => {
    const source = await makeCase(TOOLS.ffmpeg, corpusCase, folder);
    const id = await client.upload(source);
    const video = await client.ended(id, 800_000);
    const { expect: expected } = corpusCase;
    const refused = 'refused' in expected ? expected.refused : undefined;
    expect([video.failure?.code, video.state]).toEqual(
      refused === undefined ? [undefined, 'ready'] : [refused, 'failed'],
    );
    if ('refused' in expected) return;
    const out = path.join(folder, corpusCase.name);
    await client.download(id, out);
    expect(await judgeFolder(TOOLS, source, out, expected)).toEqual([]);
    await rm(out, { recursive: true });
  });
});
