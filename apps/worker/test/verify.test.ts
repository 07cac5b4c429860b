import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSource, patternWithBeeps } from './make-source.ts';
import { moveFragments, scramble, setEdit } from './spoil-boxes.ts';
import type { TamperedCopy } from './tampered-copy.ts';
import { failed, verdicts } from './verdicts.ts';
import { openWorkshop, TO_PACKAGED, type PublishedWork, type Workshop } from './workshop.ts';

const PICTURE = 'v180';
const SOUND = 'a-und';
const FRAME_TICKS = 1000;
/** Frames one after another, whatever was taken out. */
const RENUMBERED = 'settb=1/25,setpts=N';

let workshop: Workshop;
let work: PublishedWork;

beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 100, later: 100 } });
  // Three segments: 6 s, 6 s and 2 s.
  const begun = await workshop.begin(await makeSource(patternWithBeeps(14)));
  await workshop.run(begun, ...TO_PACKAGED);
  work = await workshop.published(begun);
});
afterAll(() => workshop.dispose());

/** What verification says of a copy that was spoilt. */
const verdict = async (spoil: (copy: TamperedCopy) => Promise<void>): Promise<string> =>
  (await verdicts(workshop, work, spoil)).find((each) => each !== 'right') ?? 'right';

function segment(copy: TamperedCopy, rendition: string, index: number): string {
  const name = copy.segments(rendition)[index];
  if (name === undefined) throw new Error(`${rendition} has no segment ${index}`);
  return name;
}

const pictureOf = (filters: string): Promise<string> => verdict((copy) => copy.remakePicture(filters));
const soundOf = (filters: string): Promise<string> => verdict((copy) => copy.remakeSound(filters));

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

describe('pictures that are encoded wrong', () => {
  test('a frame is missing', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',${RENUMBERED}`)).toMatch(
      failed('chunk 0 of v180 has 349 frames, planned were 350'),
    );
  });

  test('a frame is missing, and the last is there twice', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',${RENUMBERED},tpad=stop_mode=clone:stop=1`)).toMatch(
      failed('v180: from frame (9[0-9]|10[0-9]) on, the picture is 1 frame early against the source'),
    );
  });

  test('a frame is doubled in the place of the next', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',fps=25:start_time=0`)).toMatch(
      failed('v180: frame 100 shows what frame 99 of the source does'),
    );
  });

  test('half a second is frozen', async () => {
    expect(await pictureOf(`select='not(between(n,100,112))',fps=25:start_time=0`)).toMatch(
      failed('v180: frame 100 shows'),
    );
  });

  test('all of it is a frame late', async () => {
    expect(await pictureOf(`tpad=start_mode=clone:start=1,trim=end_frame=350,${RENUMBERED}`)).toMatch(
      failed('v180: .* 1 frame late against the source'),
    );
  });

  test('it turns green', async () => {
    expect(await pictureOf(`lutyuv=y=60:u=60:v=60:enable='between(n,200,230)'`)).toMatch(
      failed("v180: from frame 19[0-9] on, the picture is not the source's"),
    );
  });
});

describe('sound that is encoded wrong', () => {
  test.each([
    ['late', 'adelay=80:all=1'],
    ['early', 'atrim=start=0.08,asetpts=PTS-STARTPTS'],
  ])('it comes 80 ms %s', async (way, filters) => {
    expect(await soundOf(filters)).toMatch(failed(`a-und: the sound is (79|80|81) ms ${way} against the source at`));
  });

  test('it comes 80 ms late from the middle on', async () => {
    expect(await soundOf(`asetpts='PTS+if(gte(T\\,7)\\,3840\\,0)',aresample=async=1:min_hard_comp=0.01`)).toMatch(
      failed('a-und: the sound is (79|80|81) ms late against the source at [78] s'),
    );
  });

  test('it ends early', async () => {
    const short = verdict(async (copy) => {
      await copy.remakeSound('atrim=end=13,asetpts=PTS');
    });
    // Silence fills it up: what is missing is the last beep.
    expect(await short).toMatch(failed('a-und'));
  });

  test('it is another sound', async () => {
    expect(await soundOf(`aeval='0.3*random(0)|0.3*random(1)':c=same`)).toMatch(
      failed("a-und: the sound at 0 s is not the source's"),
    );
  });
});

describe('playlists that say something else', () => {
  test('a segment lasts another time', async () => {
    expect(
      await verdict((copy) =>
        copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace('EXTINF:6.000000', 'EXTINF:5.000000')),
      ),
    ).toMatch(failed('v180/0-1/0.m4s lasts 6 s, and its playlist says 5 s'));
  });

  test('a segment is named twice', async () => {
    expect(
      await verdict((copy) => copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace('/1.m4s', '/0.m4s'))),
    ).toMatch(failed('manifest.mpd does not list the segments of v180'));
  });

  test('a segment is named that never was', async () => {
    const wrong = verdict(async (copy) => {
      for (const playlist of ['index', 'iframes'])
        await copy.edit(`${PICTURE}/${playlist}.m3u8`, (text) => text.replaceAll('0-1/1.m4s', '0-2/1.m4s'));
      await copy.edit('manifest.mpd', (text) => text.replace(`${PICTURE}/0-1/1.m4s`, `${PICTURE}/0-2/1.m4s`));
    });
    expect(await wrong).toMatch(failed('v180/0-2/1.m4s is missing'));
  });

  test('the last segment is left out', async () => {
    const short = verdict(async (copy) => {
      await copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace(/#EXTINF\S+\n0-1\/2.m4s\n/, ''));
      await copy.edit(`${PICTURE}/iframes.m3u8`, (text) =>
        text.replace(/#EXTINF\S+\n#EXT-X-BYTE\S+\n0-1\/2.m4s\n/, ''),
      );
      await copy.edit('manifest.mpd', (text) =>
        text.replace(`<SegmentURL media="${PICTURE}/0-1/2.m4s"/>`, '').replace(/<S t="300000" d="50000"\/>/, ''),
      );
    });
    expect(await short).toMatch(failed('v180 has 2 segments, planned were 3'));
  });

  test('the master playlist leaves the sound out', async () => {
    expect(
      await verdict((copy) =>
        copy.edit('master.m3u8', (text) => text.replace(/#EXT-X-MEDIA.*\n/, '').replace(/,AUDIO="audio"/, '')),
      ),
    ).toMatch(failed('the playlists list v180, planned were a-und,v180'));
  });

  test('the manifest names another file', async () => {
    expect(await verdict((copy) => copy.edit('manifest.mpd', (text) => text.replace('/2.m4s', '/1.m4s')))).toMatch(
      failed('manifest.mpd does not list the segments of v180'),
    );
  });

  test('the I-frame playlist names other bytes', async () => {
    expect(
      await verdict((copy) =>
        copy.edit(`${PICTURE}/iframes.m3u8`, (text) => text.replace(/BYTERANGE:(\d+)@/, 'BYTERANGE:1$1@')),
      ),
    ).toMatch(failed('the I-frame playlist of v180 lists'));
  });

  test('a playlist is no playlist', async () => {
    expect(await verdict((copy) => copy.edit('master.m3u8', () => 'nothing'))).toMatch(
      failed('master.m3u8 cannot be read'),
    );
  });
});
