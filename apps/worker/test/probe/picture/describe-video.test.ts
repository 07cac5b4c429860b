import type { Container } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { describeVideo } from '../../../src/probe/picture/describe-video.ts';
import type { DescribedStream } from '../../../src/probe/described.ts';

const IMX: DescribedStream = {
  ...{ index: 0, codec_name: 'mpeg2video', profile: '4:2:2', width: 720, height: 608, pix_fmt: 'yuv422p' },
  ...{ r_frame_rate: '25/1', time_base: '1/25' },
};

function described(changes: Partial<DescribedStream>, container: Container = 'mxf') {
  return describeVideo({
    ...{ container, stream: { ...IMX, ...changes }, timeBase: { num: 1, den: 25 }, frames: [], lastDuration: 1 },
    shown: { times: Float64Array.from([0, 1, 2, 3]), keys: [], undecodable: 0 },
  });
}

test.each([
  { coded: 608, height: 576, blankLines: 32 },
  { coded: 512, height: 486, blankLines: 26 },
])('of $coded lines of D-10 the lower $height are the picture', ({ coded, height, blankLines }) => {
  expect(described({ height: coded })).toMatchObject({ height, displayHeight: height, blankLines });
});

test.each([
  { said: '1:1', displayWidth: 720 },
  { said: '16:15', displayWidth: 768 },
  // 4:3 and 16:9 by all coded lines.
  { said: '152:135', displayWidth: 768 },
  { said: '608:405', displayWidth: 1024 },
])('pixels of $said are $displayWidth wide together', ({ said, displayWidth }) => {
  expect(described({ sample_aspect_ratio: said })).toMatchObject({ displayWidth, displayHeight: 576 });
});

test('the same size elsewhere is all picture', () => {
  expect(described({}, 'mp4').height).toBe(608);
  expect(described({ profile: 'Main' }).height).toBe(608);
  expect(described({ codec_name: 'h264' }).blankLines).toBeUndefined();
});
