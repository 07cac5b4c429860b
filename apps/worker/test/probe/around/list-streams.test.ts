import { expect, inject, test } from 'vitest';
import { listStreams } from '../../../src/probe/around/list-streams.ts';
import { lavfi, makeSource } from '../../make-source.ts';

test('streams that belong to several programs are listed once', async () => {
  const file = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=1', 'sine=d=1', 'sine=f=880:d=1'), {
    name: `${crypto.randomUUID()}.ts`,
    encoders: [
      ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'mpeg2video', '-c:a:0', 'mp2', '-c:a:1', 'ac3'],
      ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger'],
      ...['-program', 'title=One:st=0:st=1', '-program', 'title=Other:st=0:st=2:st=1'],
    ],
  });
  const { streams, programs } = await listStreams({
    ...{ ffmpeg: inject('servers').ffmpeg, source: { input: file, protocols: 'file', file }, demuxer: 'mpegts' },
    ...{ milliseconds: 60_000, signal: new AbortController().signal },
  });
  expect(streams).toMatchObject([
    { index: 0, codec_type: 'video', codec_name: 'mpeg2video' },
    { index: 1, codec_type: 'audio', codec_name: 'mp2', tags: { language: 'eng' } },
    { index: 2, codec_type: 'audio', codec_name: 'ac3', tags: { language: 'ger' } },
  ]);
  expect(programs).toEqual([new Set([0, 1]), new Set([0, 2, 1])]);
});
