import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SLICE = 1;
const IDR_SLICE = 5;

/** For each frame of an H.264 file, in decoding order, whether it is an IDR picture: read from the bitstream, not from flags. */
export async function idrFrames(ffmpeg: string, input: string): Promise<boolean[]> {
  const child = spawn(
    ffmpeg,
    ['-v', 'error', '-nostdin', '-i', input, '-map', '0:v:0', '-c', 'copy', '-f', 'h264', 'pipe:1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  const frames: boolean[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, data]);
    let from = 0;
    for (let at = rest.indexOf('000001', 0, 'hex'); at !== -1; at = rest.indexOf('000001', at + 3, 'hex')) {
      // The header of the unit and the first byte of its slice header have to be there.
      if (at + 5 > rest.length) break;
      from = at + 3;
      const type = (rest[at + 3] ?? 0) & 0x1f;
      // The first slice of a picture has first_mb_in_slice 0, which is a single set bit.
      const isFirst = ((rest[at + 4] ?? 0) & 0x80) !== 0;
      if ((type === SLICE || type === IDR_SLICE) && isFirst) frames.push(type === IDR_SLICE);
    }
    rest = rest.subarray(Math.max(from, rest.length - 4));
  }
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg could not read ${input} (exit ${code})`);
  return frames;
}
