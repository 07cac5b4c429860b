import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PICTURE, publishClip, segment, SOUND, type PublishedClip } from './published-clip.ts';
import { moveFragments, scramble, setEdit } from './spoil-boxes.ts';
import { failed } from './verdicts.ts';

const FRAME_TICKS = 1000;

let clip: PublishedClip;

beforeAll(async () => {
  clip = await publishClip();
});
afterAll(() => clip.dispose());

/** What verification says of a copy that was spoilt. */
const verdict: PublishedClip['verdict'] = (spoil) => clip.verdict(spoil);

/** Changes one segment, and the record of it. */
const committed = (rendition: string, index: number, change: (bytes: Buffer) => Buffer): Promise<string> =>
  verdict(async (copy) => {
    await copy.change(segment(copy, rendition, index), change);
    await copy.recommit(rendition);
  });

const twice = (bytes: Buffer): Buffer => {
  const [second, third] = [bytes.indexOf('moof', 200, 'latin1'), bytes.lastIndexOf('moof')].map((at) => at - 4);
  return Buffer.concat([bytes.subarray(0, third), bytes.subarray(second, third)]);
};

describe('what is right passes', () => {
  test('a copy that nobody touched', async () => {
    expect(await verdict(() => Promise.resolve())).toBe('right');
  });

  test('picture and sound that were encoded again', async () => {
    const again = verdict(async (copy) => {
      await copy.remakePicture('null');
      await copy.remakeSound('anull');
    });
    expect(await again).toBe('right');
  });
});

describe('objects that are not what was committed', () => {
  test('a segment is cut short', async () => {
    const cut = verdict((copy) => copy.change(segment(copy, PICTURE, 1), (bytes) => bytes.subarray(0, -1000)));
    expect(await cut).toMatch(failed('v180/0-1/1.m4s is not what was encoded'));
  });

  test('a segment is missing', async () => {
    expect(await verdict((copy) => copy.remove(segment(copy, SOUND, 1)))).toMatch(failed('a-und/0-1/1.m4s is missing'));
  });

  test('two segments have changed places', async () => {
    const swapped = verdict(async (copy) => {
      const [first, second] = [segment(copy, PICTURE, 0), segment(copy, PICTURE, 1)];
      let kept: Buffer = Buffer.alloc(0);
      await copy.change(first, (bytes) => (kept = bytes));
      await copy.change(second, (bytes) => {
        const other = kept;
        kept = bytes;
        return other;
      });
      await copy.change(first, () => kept);
    });
    expect(await swapped).toMatch(failed('v180/0-1/0.m4s is not what was encoded'));
  });

  test('a byte in the middle is another', async () => {
    expect(await verdict((copy) => copy.change(segment(copy, SOUND, 0), scramble))).toMatch(
      failed('a-und/0-1/0.m4s is not what was encoded'),
    );
  });

  test('the poster is cut short', async () => {
    expect(await verdict((copy) => copy.change('poster.jpg', (bytes) => bytes.subarray(0, 100)))).toMatch(
      failed('poster.jpg has 100 bytes, and was written with'),
    );
  });
});

describe('segments that were committed, and are wrong', () => {
  test('one is cut short', async () => {
    expect(await committed(PICTURE, 1, (bytes) => bytes.subarray(0, -1000))).toMatch(
      failed('v180/0-1/1.m4s cannot be read'),
    );
  });

  test('one holds another group of pictures', async () => {
    expect(await committed(PICTURE, 1, twice)).toMatch(failed('the I-frame playlist of v180 lists'));
  });

  test('a seam has a gap in the picture', async () => {
    expect(await committed(PICTURE, 1, (bytes) => moveFragments(bytes, FRAME_TICKS))).toMatch(
      failed('v180/0-1/1.m4s has a frame at tick 151000, and 150000 is due'),
    );
  });

  test('a seam has a gap in the sound', async () => {
    expect(await committed(SOUND, 1, (bytes) => moveFragments(bytes, 1024))).toMatch(
      failed('a-und/0-1/1.m4s has a frame at tick'),
    );
  });

  test.each([80, -80])('all sound is moved by %i ms in time', async (ms) => {
    const moved = verdict(async (copy) => {
      for (const name of copy.segments(SOUND).slice(ms < 0 ? 1 : 0))
        await copy.change(name, (bytes) => moveFragments(bytes, ms * 48));
      await copy.recommit(SOUND);
    });
    expect(await moved).toMatch(failed('a-und/0-1/[01].m4s has a frame at tick'));
  });

  test('the picture is shown two frames late by its edit list', async () => {
    const late = verdict(async (copy) => {
      await copy.change(copy.init(PICTURE), (bytes) => setEdit(bytes, 0));
      await copy.recommit(PICTURE);
    });
    expect(await late).toMatch(failed('v180/0-1/0.m4s shows a frame at tick 2000, and 0 is due'));
  });

  test('bytes of a picture are scrambled', async () => {
    expect(await committed(PICTURE, 1, scramble)).toMatch(failed('v180'));
  });

  test('bytes of the sound are scrambled', async () => {
    expect(await committed(SOUND, 1, scramble)).toMatch(failed('a-und'));
  });

  test('a segment shows what another one should', async () => {
    const swapped = verdict(async (copy) => {
      let first: Buffer = Buffer.alloc(0);
      await copy.change(segment(copy, PICTURE, 0), (bytes) => (first = bytes));
      await copy.change(segment(copy, PICTURE, 1), () => moveFragments(first, 150 * FRAME_TICKS));
      await copy.recommit(PICTURE);
      // Its key pictures are where the other's were.
      const name = segment(copy, PICTURE, 1).slice(PICTURE.length + 1);
      await copy.edit(`${PICTURE}/iframes.m3u8`, (text) => {
        const ranges = [...text.matchAll(/BYTERANGE:(\S+)/g)].slice(0, 3).map(([, range]) => range);
        let at = 0;
        return text.replaceAll(new RegExp(`BYTERANGE:\\S+(?=\\n${name})`, 'g'), () => `BYTERANGE:${ranges[at++]}`);
      });
    });
    expect(await swapped).toMatch(failed("v180: from frame [12][0-9]+ on, the picture is not the source's"));
  });
});
