import { expect, test } from 'vitest';
import { hasTransportBreak } from '../../../src/probe/clock/transport-breaks.ts';

/** Packets of one stream with these counters; `-1` stands for one that says that the clock is discontinuous. */
function packets(counters: readonly number[]): Buffer {
  return Buffer.concat(
    counters.map((counter) => {
      const packet = Buffer.alloc(188, 0xff);
      packet.set([0x47, 0x01, 0x00, counter === -1 ? 0x20 : 0x10 | counter]);
      if (counter === -1) packet.set([183, 0x80], 4);
      return packet;
    }),
  );
}

const broken = (counters: readonly number[]): Promise<boolean> => {
  const bytes = packets(counters);
  const read = ({ start, end }: { start: number; end: number }) => Promise.resolve(bytes.subarray(start, end + 1));
  return hasTransportBreak(read, 0, bytes.length - 188);
};

test('counters that run on are no break, nor a packet that is sent twice', async () => {
  expect(await broken([12, 13, 14, 15, 0, 1, 2, 3])).toBe(false);
  expect(await broken([1, 2, 2, 3, 4, 5, 6, 7])).toBe(false);
});

test('counters that do not, and what the stream says itself, are one', async () => {
  expect(await broken([1, 2, 3, 4, 9, 10, 11, 12])).toBe(true);
  expect(await broken([1, 2, 3, 4, -1, 5, 6, 7])).toBe(true);
});

test('nothing is read where places are not known', async () => {
  await expect(hasTransportBreak(() => Promise.reject(new Error('read')), Number.NaN, 188)).resolves.toBe(false);
});
